import type { Viewer } from '@starling/platform/identity';
import type { SocketExtra } from '@starling/platform/web-socket';
import type { VerifiedToken } from '../protection/access-tokens.ts';
import type { RevokedSessions } from '../protection/revoked-sessions.ts';

/** The protocol's "Forbidden": clients take it for an answer about their log-in, and come again with a new token. */
export const FORBIDDEN = 4403;

/** Who is connected, so that a connection ends with the token or the session that opened it, and what runs there. */
export interface Connections {
  /** A connection that was accepted, signed out with null. Of one that has been left meanwhile nothing is kept. */
  open(socket: SocketExtra, token: VerifiedToken | null): void;
  viewerOf(socket: SocketExtra): Viewer | null;
  left(socket: SocketExtra): void;
  /** An operation begins on this connection, and is under way until `end`, whatever its client says before. */
  begin(socket: SocketExtra, id: string): void;
  end(socket: SocketExtra, id: string): void;
  /** The ids of what is under way on this connection. */
  operationsOf(socket: SocketExtra): ReadonlySet<string>;
  /** How many operations the account of this connection runs on all of its connections here. */
  operationsOfAccount(socket: SocketExtra): number;
}

interface Connection {
  readonly token: VerifiedToken | null;
  readonly expiry: NodeJS.Timeout | undefined;
  readonly operations: Set<string>;
}

const NONE: ReadonlySet<string> = new Set();

type Sockets = Map<string, Set<SocketExtra>>;

function add(sockets: Sockets, key: string, socket: SocketExtra): void {
  sockets.set(key, (sockets.get(key) ?? new Set()).add(socket));
}

function remove(sockets: Sockets, key: string, socket: SocketExtra): void {
  const ofKey = sockets.get(key);
  ofKey?.delete(socket);
  if (ofKey?.size === 0) sockets.delete(key);
}

export function liveConnections(
  revoked: Pick<RevokedSessions, 'has' | 'onRevoked'>,
  now: () => number = Date.now,
): Connections {
  const open = new Map<SocketExtra, Connection>();
  const bySession: Sockets = new Map();
  const byAccount: Sockets = new Map();
  /** Some are left before their token is verified. */
  const gone = new WeakSet<SocketExtra>();

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
      open.set(socket, { token, expiry: expiry ?? undefined, operations: new Set() });
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
    begin: (socket, id) => void open.get(socket)?.operations.add(id),
    end: (socket, id) => void open.get(socket)?.operations.delete(id),
    operationsOf: (socket) => open.get(socket)?.operations ?? NONE,
    operationsOfAccount(socket) {
      const { token, operations } = open.get(socket) ?? {};
      if (!token) return operations?.size ?? 0;
      const sockets = byAccount.get(token.viewer.userId) ?? [];
      return [...sockets].reduce((sum, each) => sum + (open.get(each)?.operations.size ?? 0), 0);
    },
  };
}
