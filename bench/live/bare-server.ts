import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

// What the socket library can do by itself: whatever is posted to it goes to every socket as it is.
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString();
    for (const socket of sockets.clients) socket.send(text);
    response.end();
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket: WebSocket) => {
  socket.once('message', () => socket.send('{"type":"connection_ack"}'));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`bare at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
