import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Outgoing, outgoing } from './outgoing.ts';

const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

interface Pair {
  readonly out: Outgoing;
  readonly server: WebSocket;
  readonly connection: Duplex;
  readonly client: WebSocket;
  /** What the client has got. */
  readonly received: string[];
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Both ends of a connection. */
async function connect(maxUnreadBytes = MAX_UNREAD_BYTES): Promise<Pair> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const accepted = new Promise<Pick<Pair, 'server' | 'connection'>>((resolve) => {
    server.on('upgrade', (request, connection, head) =>
      sockets.handleUpgrade(request, connection, head, (socket) => resolve({ server: socket, connection })),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const received: string[] = [];
  client.on('message', (data) => received.push(String(data)));
  stops.push(() => {
    client.terminate();
    server.closeAllConnections();
    server.close();
  });
  const ends = await accepted;
  if (client.readyState !== client.OPEN) await once(client, 'open');
  return {
    out: outgoing({ socket: ends.server, connection: ends.connection, maxUnreadBytes }),
    ...ends,
    client,
    received,
  };
}

const bytes = (text: string) => Buffer.from(text);
const SHARED = bytes('é":true}');

describe('what is sent on a connection', () => {
  it('leaves together in one write, each message in a frame of its own', async () => {
    const { out, connection, received } = await connect();
    const write = vi.spyOn(connection, 'write');
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    for (const number of numbers) expect(out.gather(bytes(`{"${number}`), SHARED)).toBeUndefined();
    expect(write).not.toHaveBeenCalled();
    out.flush();
    out.flush();
    expect(write).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(received).toEqual(numbers.map((number) => `{"${number}é":true}`)));
  });

  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('may be a message of %d bytes', async (size) => {
    const { out, received } = await connect();
    const text = Array.from({ length: size }, (_, at) => at % 10).join('');
    const own = bytes(text.slice(0, 3));
    void out.gather(own, bytes(text.slice(3)));
    void out.gather(bytes('and'), bytes(' more'));
    out.flush();
    await vi.waitFor(() => expect(received).toHaveLength(2));
    expect(received[0] === text).toBe(true);
    expect(received[1]).toBe('and more');
  });

  it('keeps its order, whoever sends it', async () => {
    const { out, received } = await connect();
    void out.gather(bytes('1'), bytes('st'));
    void out.send('2nd');
    void out.gather(bytes('3'), bytes('rd'));
    out.flush();
    void out.send('4th');
    await vi.waitFor(() => expect(received).toEqual(['1st', '2nd', '3rd', '4th']));
  });

  it('is whole for each client when none of them reads while the others are sent theirs', async () => {
    const pairs = await Promise.all([connect(), connect(), connect()]);
    const areStuck = () => pairs.every(({ connection }) => connection.writableLength > 200_000);
    for (const { client } of pairs) client.pause();
    const textOf = (pair: number, round: number) => `${pair} ${round} `.padEnd(20_000, `${pair}`);
    const sent = pairs.map(() => Promise.resolve());
    let rounds = 0;
    for (; rounds < 2_000 && !areStuck(); rounds++) {
      for (const [at, { out }] of pairs.entries()) {
        const text = textOf(at, rounds);
        void out.gather(bytes(text.slice(0, 5)), bytes(text.slice(5)));
        sent[at] = Promise.resolve(out.gather(bytes('and '), bytes(String(rounds))));
      }
    }
    expect(areStuck()).toBe(true);
    for (const { client } of pairs) client.resume();
    await Promise.all(sent);
    for (const [at, { received }] of pairs.entries()) {
      await vi.waitFor(() => expect(received).toHaveLength(2 * rounds));
      for (let round = 0; round < rounds; round++) {
        expect(received[2 * round] === textOf(at, round)).toBe(true);
        expect(received[2 * round + 1]).toBe(`and ${round}`);
      }
    }
  });

  it('is waited for where much of it is not on its way yet, and sent at once then', async () => {
    const { out, connection, client, received } = await connect();
    client.pause();
    const text = bytes('x'.repeat(1_000));
    let waits: Promise<void> | undefined;
    let sent = 0;
    while (!waits) {
      const sending = out.gather(text, text);
      sent++;
      if (sending instanceof Promise && connection.writableLength > 0) waits = sending;
      else if (sent % 8 === 0) out.flush();
    }
    let isOnItsWay = false;
    void waits.then(() => {
      isOnItsWay = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOnItsWay).toBe(false);
    client.resume();
    await waits;
    await vi.waitFor(() => expect(received).toHaveLength(sent));
  });

  it('goes to nobody who has left, and whoever waits is let go', async () => {
    const { out, server, connection, client } = await connect();
    client.pause();
    const text = bytes('x'.repeat(20_000));
    let waits: Promise<void> | undefined;
    while (!waits || connection.writableLength === 0) waits = out.gather(text, text) as Promise<void>;
    client.terminate();
    await waits;
    await vi.waitFor(() => expect(server.readyState).toBe(server.CLOSED));
    const write = vi.spyOn(connection, 'write');
    expect(out.gather(text, text)).toBeUndefined();
    expect(out.send('late')).toBeUndefined();
    out.flush();
    expect(write).not.toHaveBeenCalled();
  });

  it('is not kept without bound for a client that does not read: it is cut off', async () => {
    const { out, server, connection, client } = await connect(100_000);
    client.pause();
    const text = bytes('x'.repeat(10_000));
    while (server.readyState === server.OPEN) {
      void Promise.resolve(out.gather(text, text)).catch(() => {});
      expect(connection.writableLength).toBeLessThan(200_000);
    }
    await vi.waitFor(() => expect(server.readyState).toBe(server.CLOSED));
  });
});
