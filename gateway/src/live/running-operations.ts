import { OpenEnding } from '@starling/platform/batching';
import type { SocketExtra } from '@starling/platform/web-socket';

/**
 * The operations that run on each connection, until they are really over: whoever says of one that it is wanted no more has
 * not stopped what it asked for.
 */
export interface RunningOperations {
  countOn(socket: SocketExtra): number;
  begin(socket: SocketExtra): RunningOperation;
  /** The connection is gone: what runs on it is wanted by nobody. */
  left(socket: SocketExtra): void;
}

export interface RunningOperation {
  /** Tells when the connection is gone. */
  readonly leaving: OpenEnding;
  /** To be called when it is over; it may be called again. */
  end(): void;
}

export function runningOperations(): RunningOperations {
  const running = new WeakMap<SocketExtra, Set<OpenEnding>>();
  return {
    countOn: (socket) => running.get(socket)?.size ?? 0,
    begin(socket) {
      const onSocket = running.get(socket) ?? new Set<OpenEnding>();
      running.set(socket, onSocket);
      const leaving = new OpenEnding();
      onSocket.add(leaving);
      return { leaving, end: () => void onSocket.delete(leaving) };
    },
    left(socket) {
      for (const leaving of running.get(socket) ?? []) leaving.abort();
    },
  };
}
