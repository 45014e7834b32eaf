import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

/** A WebSocket client without a library's manners, for what no well-behaved client does. */
export interface RawSocket {
  send(message: unknown): void;
  sendText(text: string): void;
  /** The same in one write, which the server reads at once. */
  sendTogether(messages: readonly unknown[]): void;
  /** Nothing that the server says is read until `resume`, not even that it closes the connection. */
  pause(): void;
  resume(): void;
  /** The next message that has one of these types; those before it are skipped. */
  next(...types: string[]): Promise<Record<string, unknown>>;
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

export async function openSocket(url: string, protocol = 'graphql-transport-ws'): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, protocol);
  const messages: Record<string, unknown>[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: String(reason) });
      wake();
    });
  });
  let connection: Socket | undefined;
  socket.once('upgrade', (response) => {
    connection = response.socket;
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    sendText: (text) => socket.send(text),
    sendTogether(messages) {
      connection?.cork();
      for (const message of messages) socket.send(JSON.stringify(message));
      connection?.uncork();
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    async next(...types) {
      for (;;) {
        const message = messages.shift();
        if (message && types.includes(String(message.type))) return message;
        if (message) continue;
        if (socket.readyState !== socket.OPEN) throw new Error(`The socket closed before it sent ${types.join(', ')}.`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    closed,
    close: () => socket.close(),
  };
}
