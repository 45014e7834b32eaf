import { request } from 'node:http';
import type { Socket } from 'node:net';
import { FrameReader, FrameWriter, WIRE_PROTOCOL } from '../../src/wire/index.ts';

export interface Heard {
  readonly kind: number;
  readonly number: number;
  readonly text: string;
}

/** A gateway's side of a wire, which says what a test wants to say. */
export interface TestWire {
  readonly socket: Socket;
  readonly heard: readonly Heard[];
  say(kind: number, number: number, content?: unknown): void;
  /** The next message that has not been taken yet. */
  next(): Promise<Heard>;
  readonly closed: Promise<void>;
}

/** Resolves with the wire, or with the status that came instead. */
export function openTestWire(url: string, headers: Record<string, string>): Promise<TestWire | number> {
  const opening = request(`${url}/graphql`, {
    agent: false,
    headers: { connection: 'Upgrade', upgrade: WIRE_PROTOCOL, ...headers },
  });
  return new Promise((resolve, reject) => {
    opening.once('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    opening.once('error', reject);
    opening.once('upgrade', (_response, socket: Socket, head: Buffer) => {
      const heard: Heard[] = [];
      let taken = 0;
      let wake = () => {};
      const reader = new FrameReader(
        {
          onFrame(kind, number, text) {
            heard.push({ kind, number, text });
            wake();
          },
          onTooLong: () => {
            throw new Error('Nothing is that long.');
          },
        },
        8 * 1024 * 1024,
      );
      const writer = new FrameWriter(socket);
      const closed = new Promise<void>((gone) => void socket.once('close', () => gone()));
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => reader.take(chunk));
      if (head.length > 0) socket.unshift(head);
      resolve({
        socket,
        heard,
        closed,
        say: (kind, number, content = '') =>
          writer.send(kind, number, typeof content === 'string' ? content : JSON.stringify(content)),
        async next() {
          while (heard.length === taken) {
            await new Promise<void>((woken) => {
              wake = woken;
            });
          }
          return heard[taken++] as Heard;
        },
      });
    });
    opening.end();
  });
}
