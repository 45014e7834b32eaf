import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { acceptGraphqlSockets, type GraphqlSockets } from './graphql-sockets.ts';

const PING_MS = 12_000;

let server: Server;
let sockets: GraphqlSockets;
let clients: WebSocket[];

beforeEach(async () => {
  // Pings are sent when the test says so, however long it takes.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  clients = [];
  server = createServer();
  sockets = acceptGraphqlSockets({
    server,
    path: '/graphql',
    logger: pino({ level: 'silent' }),
    // Nobody here says more than pings.
    protocol: { connectionInitWaitTimeout: 0 },
    maxMessageBytes: 1_000,
    pingMs: PING_MS,
    maxConnections: 2,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const client of clients) client.terminate();
  await sockets.close();
  await new Promise((resolve) => server.close(resolve));
  vi.useRealTimers();
});

function client(options: { readonly autoPong?: boolean } = {}): WebSocket {
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const opened = new WebSocket(url, 'graphql-transport-ws', options);
  // One that was refused is given up before it is connected, and says so.
  opened.on('error', () => {});
  clients.push(opened);
  return opened;
}

async function connect(options?: { readonly autoPong?: boolean }): Promise<WebSocket> {
  const opened = client(options);
  await once(opened, 'open');
  return opened;
}

/** Resolves when everything that the client has sent so far has been read: what it asks now is answered. */
async function allIsRead(of: WebSocket): Promise<void> {
  const answered = once(of, 'message');
  of.send('{"type":"ping"}');
  expect(String((await answered)[0])).toBe('{"type":"pong"}');
}

it('a client that answers no ping is cut off when the next is due, and one that does stays', async () => {
  const [there, gone] = [await connect(), await connect({ autoPong: false })];
  const left = once(gone, 'close');
  for (let round = 0; round < 3; round++) {
    const pinged = [there, ...(round === 0 ? [gone] : [])].map((each) => once(each, 'ping'));
    vi.advanceTimersByTime(PING_MS);
    await Promise.all(pinged);
    await allIsRead(there);
  }
  // Without a word: nobody is there to hear one.
  expect((await left)[0]).toBe(1006);
  expect([there.readyState, sockets.connections()]).toEqual([WebSocket.OPEN, 1]);
});

it('who comes when there are too many is told so, and let in when one leaves', async () => {
  const [first] = [await connect(), await connect()];
  const [, refused] = await once(client(), 'unexpected-response');
  expect(refused.statusCode).toBe(503);
  first.close();
  while (sockets.connections() > 1) await new Promise((resolve) => setImmediate(resolve));
  await connect();
  expect(sockets.connections()).toBe(2);
});
