import type { Viewer } from '@starling/platform/identity';
import type { SocketExtra } from '@starling/platform/web-socket';
import type { VerifiedToken } from '../protection/access-tokens.ts';

/** The protocol's "Forbidden": clients take it for an answer about their log-in, and come again with a new token. */
export const FORBIDDEN = 4403;

/** Who is connected, so that a connection ends with the token or the session that opened it. */
export interface Connections {
  /** A connection that was accepted; signed out with null. */
  open(socket: SocketExtra, token: VerifiedToken | null): void;
  viewerOf(socket: SocketExtra): Viewer | null;
  left(socket: SocketExtra): void;
  endSession(sessionId: string): void;
}

interface Connection {
  readonly token: VerifiedToken | null;
  readonly expiry: NodeJS.Timeout | undefined;
}

export function liveConnections(now: () => number = Date.now): Connections {
  const open = new Map<SocketExtra, Connection>();
  const bySession = new Map<string, Set<SocketExtra>>();

  return {
    open(socket, token) {
      const expiry =
        token && setTimeout(() => socket.close(FORBIDDEN, 'Token expired'), Math.max(0, token.expiresAt - now()));
      expiry?.unref();
      open.set(socket, { token, expiry: expiry ?? undefined });
      if (!token) return;
      const { sessionId } = token.viewer;
      const sockets = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, sockets.add(socket));
    },
    viewerOf: (socket) => open.get(socket)?.token?.viewer ?? null,
    left(socket) {
      const connection = open.get(socket);
      if (!connection) return;
      clearTimeout(connection.expiry);
      open.delete(socket);
      if (!connection.token) return;
      const { sessionId } = connection.token.viewer;
      const sockets = bySession.get(sessionId);
      sockets?.delete(socket);
      if (sockets?.size === 0) bySession.delete(sessionId);
    },
    endSession(sessionId) {
      for (const socket of bySession.get(sessionId) ?? []) socket.close(FORBIDDEN, 'Session ended');
    },
  };
}
