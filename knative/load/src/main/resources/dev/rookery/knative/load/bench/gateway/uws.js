// The peer `uWebSockets.js`: answers pings, lets clients join rooms, which are its own topics.
const uws = require('@btc-vision/uwebsockets.js');

let clients = 0;

uws.App().ws('/v1/connect', {
  compression: uws.DISABLED,
  maxPayloadLength: 16384,
  maxBackpressure: 1 << 20,
  // Pings who is silent for about half of it, as the gateway does.
  idleTimeout: 32,
  upgrade: (response, request, context) => response.upgrade(
    { id: `p-${clients++}` }, request.getHeader('sec-websocket-key'), request.getHeader('sec-websocket-protocol'),
    request.getHeader('sec-websocket-extensions'), context),
  message: (socket, message) => {
    const frame = JSON.parse(Buffer.from(message));
    switch (frame.op) {
      case 'ping':
        socket.send(JSON.stringify({ op: 'pong', at: frame.at }));
        break;
      case 'join':
        socket.subscribe(frame.room);
        socket.send(JSON.stringify({ op: 'joined', room: frame.room }));
        break;
      case 'cast':
        socket.publish(frame.room, JSON.stringify(
          { op: 'cast', room: frame.room, from: socket.getUserData().id, data: frame.data }));
        break;
    }
  },
}).listen('127.0.0.1', 0, (socket) => console.log(`listening ${uws.us_socket_local_port(socket)}`));
