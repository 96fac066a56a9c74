// The peer `socket.io`: answers pings, lets clients join rooms, which are its own.
const { createServer } = require('http');
const { Server } = require('socket.io');

const http = createServer();
const server = new Server(http, {
  transports: ['websocket'], serveClient: false, perMessageDeflate: false, maxHttpBufferSize: 16384,
  pingInterval: 15_000, pingTimeout: 15_000,
});

server.on('connection', (socket) => {
  socket.on('ping', (frame) => socket.emit('pong', { op: 'pong', at: frame.at }));
  socket.on('join', (frame) => {
    socket.join(frame.room);
    socket.emit('joined', { op: 'joined', room: frame.room });
  });
  socket.on('cast', (frame) => socket.to(frame.room).emit(
    'cast', { op: 'cast', room: frame.room, from: socket.id, data: frame.data }));
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(`listening ${http.address().port}`));
