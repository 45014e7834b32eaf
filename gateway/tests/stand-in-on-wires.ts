import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createIdentityVerifier, IDENTITY_HEADER, type Identity } from '@starling/platform/identity';
import { FrameReader, FrameWriter, GATEWAY, MAX_QUESTION_BYTES, WIRE_PROTOCOL } from '@starling/platform/wire';
import { expect } from 'vitest';
import { gate } from '../../platform/tests/support/gate.ts';
import { secret } from './fixture.ts';

export const ACCEPTED = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${WIRE_PROTOCOL}\r\n\r\n`;

export interface Asked {
  readonly query: string | undefined;
  /** The number that stands for it. */
  readonly operation: number;
  readonly variables: { readonly representations?: readonly { readonly id: string }[] } | null | undefined;
  readonly identity: Identity | null;
  readonly deadlineMs: number;
  readonly requestId: string;
  /** One of the wires, from 0. */
  readonly wire: number;
  say(kind: number, text: string, number?: number): void;
  readonly socket: Socket;
}

export type StandIn = Awaited<ReturnType<typeof standIn>>;

/** What stands in the place of the people's subgraph, on wires: it listens, and answers as the test says. */
export async function standIn() {
  const verifier = createIdentityVerifier({ secret, audience: 'people' });
  const sockets: Socket[] = [];
  const left: number[] = [];
  const told: string[] = [];
  const someoneLeft = gate();
  let overHttp = 0;
  const self = {
    sockets,
    left,
    told,
    someoneLeft,
    /** How an upgrade is answered: the bytes, or nothing. */
    accepted: ACCEPTED as string | undefined,
    answer: (_asked: Asked): void => {},
    overHttp: () => overHttp,
    identities: [] as string[],
    url: '',
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const speak = (socket: Socket) => {
    const wire = sockets.length - 1;
    const operations = new Map<number, string>();
    const identities = new Map<number, Identity | null>();
    const writer = new FrameWriter(socket);
    const reader = new FrameReader(
      {
        onFrame(kind, number, text) {
          if (kind === GATEWAY.operation) {
            told.push(text);
            operations.set(number, text);
          } else if (kind === GATEWAY.forgetOperations) {
            operations.clear();
          } else if (kind === GATEWAY.identity) {
            self.identities.push(text);
            identities.set(number, verifier.verify(text));
          } else if (kind === GATEWAY.leave) {
            left.push(number);
            someoneLeft.open();
          } else if (kind === GATEWAY.ask) {
            const { operation, variables, identity, deadlineMs, requestId } = JSON.parse(text);
            self.answer({
              query: operations.get(operation),
              operation,
              variables,
              identity: identities.get(identity) ?? null,
              deadlineMs,
              requestId,
              wire,
              socket,
              say: (answerKind, answerText, about = number) => writer.send(answerKind, about, answerText),
            });
          }
        },
        onTooLong: () => {
          throw new Error('Nothing is that long.');
        },
      },
      MAX_QUESTION_BYTES,
    );
    socket.on('error', () => {});
    socket.on('end', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => reader.take(chunk));
  };
  const server = createServer((request, response) => {
    request.resume();
    overHttp++;
    response.end(JSON.stringify({ data: { _entities: [{ name: 'Ada' }, { name: 'Bo' }] } }));
  }).on('upgrade', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
    expect(verifier.verify(request.headers[IDENTITY_HEADER])).not.toBeNull();
    if (self.accepted === undefined) return;
    socket.write(self.accepted);
    if (self.accepted === ACCEPTED) speak(socket);
    else socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return self;
}
