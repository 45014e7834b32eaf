import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIdentitySigner, signedOut } from '@starling/platform/identity';
import pino from 'pino';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { remoteSource } from './remote-source.ts';
import { unavailable } from './subgraph-source.ts';

/** A subgraph that takes connections and subscriptions, and then says nothing any more. */
async function startSilentSubgraph() {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.once('message', () => socket.send(JSON.stringify({ type: 'connection_ack' })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => sockets.clients.size,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('takes a subgraph that gives no sign of life for one that is away, and leaves its connection', async () => {
  const subgraph = await startSilentSubgraph();
  const source = remoteSource({
    name: 'notes',
    url: subgraph.url,
    signer: createIdentitySigner({ secret: 'a secret of more than thirty-two characters' }),
    deadlineMs: 10_000,
    pingMs: 50,
    logger: pino({ level: 'silent' }),
  });
  try {
    const stream = await source.subscribe({ query: 'subscription { noteAdded }' }, signedOut('r'));
    if (!(Symbol.asyncIterator in stream)) throw new Error('There is no stream.');
    expect(await stream.next()).toEqual({ done: false, value: unavailable('notes') });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    await expect.poll(subgraph.connections).toBe(0);
  } finally {
    await source.close();
    await subgraph.close();
  }
});
