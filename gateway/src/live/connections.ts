import type { Viewer } from '@starling/platform/identity';
import type { SocketExtra } from '@starling/platform/web-socket';
import type { VerifiedToken } from '../protection/access-tokens.ts';
import type { RevokedSessions } from '../protection/revoked-sessions.ts';

/** The protocol's "Forbidden": clients take it for an answer about their log-in, and come again with a new token. */
export const FORBIDDEN = 4403;

/** WebSocket's own "Try again later": whether the token is good cannot be known at the moment. */
export const TRY_AGAIN_LATER = 1013;

/** Who is connected, so that a connection ends with the token or the session that opened it. */
export interface Connections {
  /** A connection that was accepted, signed out with null; nothing, when it was left meanwhile. */
  open(socket: SocketExtra, token: VerifiedToken | null): void;
  viewerOf(socket: SocketExtra): Viewer | null;
  left(socket: SocketExtra): void;
  /** How many operations the account of this connection runs on all of its connections here. */
  operationsOfAccount(socket: SocketExtra): number;
}

interface Connection {
  readonly token: VerifiedToken | null;
  readonly expiry: NodeJS.Timeout | undefined;
}

type Sockets = Map<string, Set<SocketExtra>>;

function add(sockets: Sockets, key: string, socket: SocketExtra): void {
  sockets.set(key, (sockets.get(key) ?? new Set()).add(socket));
}

function remove(sockets: Sockets, key: string, socket: SocketExtra): void {
  const ofKey = sockets.get(key);
  ofKey?.delete(socket);
  if (ofKey?.size === 0) sockets.delete(key);
}

export interface ConnectionsOptions {
  readonly revoked: RevokedSessions;
  /** How many operations run on a connection. */
  readonly operationsOn: (socket: SocketExtra) => number;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export function liveConnections({ revoked, operationsOn, now = Date.now }: ConnectionsOptions): Connections {
  const open = new Map<SocketExtra, Connection>();
  /** Nobody hears of these again: what is noted of one after it was left would be kept for ever. */
  const gone = new WeakSet<SocketExtra>();
  const bySession: Sockets = new Map();
  const byAccount: Sockets = new Map();

  const endSession = (socket: SocketExtra) => socket.close(FORBIDDEN, 'Session ended');
  revoked.onRevoked((sessionId) => {
    for (const socket of bySession.get(sessionId) ?? []) endSession(socket);
  });

  return {
    open(socket, token) {
      if (gone.has(socket)) return;
      const expiry =
        token && setTimeout(() => socket.close(FORBIDDEN, 'Token expired'), Math.max(0, token.expiresAt - now()));
      expiry?.unref();
      open.set(socket, { token, expiry: expiry ?? undefined });
      if (!token) return;
      const { sessionId, userId } = token.viewer;
      add(bySession, sessionId, socket);
      add(byAccount, userId, socket);
      // It may have ended since its token was verified.
      if (revoked.has(sessionId)) endSession(socket);
    },
    viewerOf: (socket) => open.get(socket)?.token?.viewer ?? null,
    left(socket) {
      gone.add(socket);
      const connection = open.get(socket);
      if (!connection) return;
      clearTimeout(connection.expiry);
      open.delete(socket);
      if (!connection.token) return;
      remove(bySession, connection.token.viewer.sessionId, socket);
      remove(byAccount, connection.token.viewer.userId, socket);
    },
    operationsOfAccount(socket) {
      const token = open.get(socket)?.token;
      if (!token) return operationsOn(socket);
      const sockets = byAccount.get(token.viewer.userId) ?? [];
      return [...sockets].reduce((sum, each) => sum + operationsOn(each), 0);
    },
  };
}
