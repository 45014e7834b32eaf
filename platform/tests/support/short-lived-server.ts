import { createServer, type Socket } from 'node:net';

/** When the server ends a connection: as it comes to be, when it is asked something, or with the answer. */
export const ENDINGS = ['as it begins', 'when it is asked', 'without a word'] as const;
export type Ending = (typeof ENDINGS)[number];

export interface ShortLivedServer {
  readonly url: string;
  /** Resolves when this many connections more have been ended. */
  ended(count: number): Promise<void>;
  stop(): Promise<void>;
}

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]);
const DISMISSAL = message(
  'E',
  Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

/**
 * Speaks just enough of PostgreSQL's protocol to end every connection as a PostgreSQL does that is shut down or told to
 * end it. What a real one does at a moment of its own choosing it does each time, in the same packet.
 */
export async function startShortLivedServer(ending: Ending): Promise<ShortLivedServer> {
  let count = 0;
  let waiters: { readonly wanted: number; readonly resolve: () => void }[] = [];
  const over = () => {
    count++;
    for (const { wanted, resolve } of waiters) if (wanted <= count) resolve();
    waiters = waiters.filter(({ wanted }) => wanted > count);
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // The other side may be gone first.
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      over();
    });
    socket.once('data', () => {
      if (ending === 'as it begins') {
        socket.end(Buffer.concat([WELCOME, DISMISSAL]));
        return;
      }
      socket.write(WELCOME);
      socket.once('data', () => (ending === 'when it is asked' ? socket.end(DISMISSAL) : socket.resetAndDestroy()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `postgres://somebody:something@127.0.0.1:${port}/somewhere`,
    ended: (more) =>
      new Promise((resolve) => {
        waiters.push({ wanted: count + more, resolve });
      }),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
