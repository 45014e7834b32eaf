import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import type { Logger } from 'pino';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
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
  /** What else is spoken at `path`, by what the header `Upgrade` asks for. */
  readonly otherProtocols?: Readonly<Record<string, AcceptUpgrade>>;
}

export type AcceptUpgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => void;

export interface GraphqlSockets {
  connections(): number;
  /** Tells every client to go elsewhere (1001), and waits at most two seconds for them to do so. */
  close(): Promise<void>;
}

const GOING_AWAY = 1001;
const LAST_WORDS_MS = 2_000;

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
    const closed = speaker.opened(
      {
        protocol: socket.protocol,
        send,
        close,
        onMessage: (handle) =>
          socket.on('message', (data: RawData) => {
            handle(String(data)).catch((error: unknown) => {
              logger.error({ err: error }, 'A WebSocket message failed');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      { request, close, gather, flush },
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

  return {
    connections: () => sockets.clients.size,
    async close() {
      clearInterval(pings);
      server.off('upgrade', onUpgrade);
      server.on('upgrade', (_request, socket) => refuseUpgrade(socket, '503 Service Unavailable'));
      const leaving = [...sockets.clients];
      const left = Promise.all(leaving.map((socket) => new Promise((resolve) => void socket.once('close', resolve))));
      for (const socket of leaving) socket.close(GOING_AWAY, 'Going away');
      const impatience = setTimeout(() => {
        for (const socket of leaving) socket.terminate();
      }, LAST_WORDS_MS);
      await left;
      clearTimeout(impatience);
      sockets.close();
    },
  };
}
