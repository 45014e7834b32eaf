import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import type { Logger } from 'pino';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { within } from '../batching/within.ts';
import { type Outgoing, outgoing } from './outgoing.ts';

/** What the protocol's callbacks find under `extra`. */
export interface SocketExtra extends Pick<Outgoing, 'gather' | 'flush'> {
  readonly request: IncomingMessage;
  /** Closes this connection with a code of the protocol; what runs on it ends. */
  close(code: number, reason: string): void;
}

export interface GraphqlSocketsOptions {
  readonly server: Server;
  readonly path: string;
  readonly logger: Logger;
  /** What to do with a connection's messages: `graphql-transport-ws` as graphql-ws speaks it. */
  readonly protocol: ServerOptions<Record<string, unknown>, SocketExtra>;
  /** A longer message closes its connection with 1009. */
  readonly maxMessageBytes: number;
  /** A client that lets more than this pile up, unread, is cut off. Default 4 MiB. */
  readonly maxUnreadBytes?: number;
  /** Between pings; who has not answered one when the next is due is gone. Default 12,000 ms. */
  readonly pingMs?: number;
  /** Upgrades beyond it are answered 503. Default 50,000. */
  readonly maxConnections?: number;
  /** As the server closes: what a connection is owed before it is told to go; undefined for nothing. Default nothing. */
  readonly untilAnswered?: (extra: SocketExtra) => Promise<void> | undefined;
  /** What else is spoken at `path`, by what the header `Upgrade` asks for. */
  readonly otherProtocols?: Readonly<Record<string, AcceptUpgrade>>;
}

export type AcceptUpgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => void;

export interface GraphqlSockets {
  connections(): number;
  /**
   * Tells every client to go elsewhere (1001), who is owed an answer once it has it, after ten seconds at most; and waits at most
   * two seconds for each to do so.
   */
  close(): Promise<void>;
}

const GOING_AWAY = 1001;
const LAST_WORDS_MS = 2_000;
const LAST_ANSWERS_MS = 10_000;

/** Says no, such as `404 Not Found`, and closes. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Accepts WebSockets at `path` of an HTTP server and speaks `graphql-transport-ws` on them, within bounds. */
export function acceptGraphqlSockets({
  server,
  path,
  logger,
  protocol,
  maxMessageBytes,
  maxUnreadBytes = 4 * 1024 * 1024,
  pingMs = 12_000,
  maxConnections = 50_000,
  untilAnswered = () => undefined,
  otherProtocols = {},
}: GraphqlSocketsOptions): GraphqlSockets {
  const speaker = makeServer(protocol);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => handleProtocols(offered),
    perMessageDeflate: false,
  });
  const alive = new WeakSet<WebSocket>();
  const extras = new WeakMap<WebSocket, SocketExtra>();
  const others = new Map(Object.entries(otherProtocols));

  function accept(socket: WebSocket, request: IncomingMessage, connection: Duplex): void {
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    // A broken frame or connection: ws closes it with the fitting code by itself.
    socket.on('error', (error) => logger.debug({ err: error }, 'A WebSocket broke'));
    const { send, gather, flush } = outgoing({ socket, connection, maxUnreadBytes });
    const close = (code: number, reason: string) => {
      flush();
      socket.close(code, reason);
    };
    const extra = { request, close, gather, flush };
    extras.set(socket, extra);
    const closed = speaker.opened(
      {
        protocol: socket.protocol,
        send,
        close,
        onMessage: (handle) =>
          socket.on('message', (data: RawData) => {
            // Until the other side has closed as well, ws reads on: who was told to leave is not listened to any more.
            if (socket.readyState !== socket.OPEN) return;
            handle(String(data)).catch((error: unknown) => {
              logger.error({ err: error }, 'A WebSocket message failed');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) =>
        logger.error({ err: error }, 'A WebSocket was left badly'),
      );
    });
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', (error) => logger.debug({ err: error }, 'An upgrade broke'));
    const other = others.get(request.headers.upgrade ?? '');
    if (request.url?.split('?')[0] !== path) refuseUpgrade(socket, '404 Not Found');
    else if (other) other(request, socket, head);
    else if (sockets.clients.size >= maxConnections) refuseUpgrade(socket, '503 Service Unavailable');
    else sockets.handleUpgrade(request, socket, head, (accepted) => accept(accepted, request, socket));
  }
  server.on('upgrade', onUpgrade);

  const pings = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, pingMs);
  pings.unref();

  async function leave(socket: WebSocket): Promise<void> {
    const left = new Promise((resolve) => void socket.once('close', resolve));
    const extra = extras.get(socket);
    const answered = extra && untilAnswered(extra);
    if (answered) await within(LAST_ANSWERS_MS, Promise.race([answered, left]));
    socket.close(GOING_AWAY, 'Going away');
    await within(LAST_WORDS_MS, left);
    socket.terminate();
    await left;
  }

  return {
    connections: () => sockets.clients.size,
    async close() {
      server.off('upgrade', onUpgrade);
      server.on('upgrade', (_request, socket) => refuseUpgrade(socket, '503 Service Unavailable'));
      await Promise.all([...sockets.clients].map(leave));
      clearInterval(pings);
      sockets.close();
    },
  };
}
