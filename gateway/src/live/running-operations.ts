import { OpenEnding } from '@starling/platform/batching';
import type { SocketExtra } from '@starling/platform/web-socket';

/**
 * The operations that run on each connection, by the id that its client gave them, until they are really over: whoever says of one
 * that it is wanted no more has not stopped what it asked for.
 */
export interface RunningOperations {
  countOn(socket: SocketExtra): number;
  isRunning(socket: SocketExtra, id: string): boolean;
  /** Answers what tells when the connection is gone. */
  begin(socket: SocketExtra, id: string): OpenEnding;
  end(socket: SocketExtra, id: string): void;
  /** The connection is gone: what runs on it is wanted by nobody. */
  left(socket: SocketExtra): void;
}

export function runningOperations(): RunningOperations {
  const running = new WeakMap<SocketExtra, Map<string, OpenEnding>>();
  return {
    countOn: (socket) => running.get(socket)?.size ?? 0,
    isRunning: (socket, id) => running.get(socket)?.has(id) === true,
    begin(socket, id) {
      const onSocket = running.get(socket) ?? new Map<string, OpenEnding>();
      running.set(socket, onSocket);
      const leaving = new OpenEnding();
      onSocket.set(id, leaving);
      return leaving;
    },
    end: (socket, id) => void running.get(socket)?.delete(id),
    left(socket) {
      for (const leaving of running.get(socket)?.values() ?? []) leaving.abort();
    },
  };
}
