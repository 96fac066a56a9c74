// The peer `ws`: answers pings, lets clients join rooms, hands casts to the other members.
const { WebSocketServer } = require('ws');

const rooms = new Map();
const server = new WebSocketServer({
  host: '127.0.0.1', port: 0, path: '/v1/connect', backlog: 4096, perMessageDeflate: false, maxPayload: 16384,
});
let clients = 0;

// As the gateway does: a ping in every interval, and who is silent for two of them is gone.
setInterval(() => server.clients.forEach((socket) => {
  if (++socket.silentIntervals > 2) socket.terminate();
  else socket.ping();
}), 15_000);

server.on('connection', (socket) => {
  const id = `p-${clients++}`;
  let joined = null;
  socket.silentIntervals = 0;
  socket.on('pong', () => { socket.silentIntervals = 0; });
  socket.on('message', (message) => {
    socket.silentIntervals = 0;
    const frame = JSON.parse(message);
    switch (frame.op) {
      case 'ping':
        socket.send(JSON.stringify({ op: 'pong', at: frame.at }));
        break;
      case 'join':
        joined = rooms.get(frame.room) ?? new Set();
        rooms.set(frame.room, joined.add(socket));
        socket.send(JSON.stringify({ op: 'joined', room: frame.room }));
        break;
      case 'cast': {
        const cast = Buffer.from(JSON.stringify({ op: 'cast', room: frame.room, from: id, data: frame.data }));
        for (const member of rooms.get(frame.room) ?? []) {
          if (member !== socket) member.send(cast, { binary: false });
        }
        break;
      }
    }
  });
  socket.on('close', () => joined?.delete(socket));
  socket.on('error', () => joined?.delete(socket));
});
server.on('listening', () => console.log(`listening ${server.address().port}`));
