import { OpenEnding } from '@starling/platform/batching';
import type { SocketExtra } from '@starling/platform/web-socket';

/**
 * The operations that run on each connection, by the id that its client gave them, until they are really over: whoever says of one
 * that it is wanted no more has not stopped what it asked for.
 */
export interface RunningOperations {
  countOn(socket: SocketExtra): number;
  isRunning(socket: SocketExtra, id: string): boolean;
  /** Answers what tells when the connection is gone. `isStream`: it is a subscription, which ends when somebody ends it. */
  begin(socket: SocketExtra, id: string, isStream: boolean): OpenEnding;
  /** Its answer, if it has one, has been sent but for the word that it is complete, which follows in this turn. */
  end(socket: SocketExtra, id: string): void;
  /** The connection is gone: what runs on it is wanted by nobody. */
  left(socket: SocketExtra): void;
  /**
   * Resolves once no query and no mutation is being answered on this connection; undefined when none is. A gateway that closes
   * gives these answers first: a client that has none asks again elsewhere, as the library does by itself, and a mutation would
   * be done twice.
   */
  untilAnswered(socket: SocketExtra): Promise<void> | undefined;
}

interface OnConnection {
  readonly operations: Map<string, OpenEnding>;
  /** Those of them that are queries and mutations. */
  readonly answers: Set<string>;
  onAnswered: () => void;
}

export function runningOperations(): RunningOperations {
  const running = new WeakMap<SocketExtra, OnConnection>();

  async function answered(on: OnConnection): Promise<void> {
    while (on.answers.size > 0) {
      await new Promise<void>((resolve) => {
        on.onAnswered = resolve;
      });
    }
  }

  return {
    countOn: (socket) => running.get(socket)?.operations.size ?? 0,
    isRunning: (socket, id) => running.get(socket)?.operations.has(id) === true,
    begin(socket, id, isStream) {
      const on = running.get(socket) ?? { operations: new Map(), answers: new Set(), onAnswered() {} };
      running.set(socket, on);
      const leaving = new OpenEnding();
      on.operations.set(id, leaving);
      if (!isStream) on.answers.add(id);
      return leaving;
    },
    end(socket, id) {
      const on = running.get(socket);
      on?.operations.delete(id);
      if (on?.answers.delete(id) && on.answers.size === 0) setImmediate(on.onAnswered);
    },
    left(socket) {
      for (const leaving of running.get(socket)?.operations.values() ?? []) leaving.abort();
    },
    untilAnswered(socket) {
      const on = running.get(socket);
      return on && on.answers.size > 0 ? answered(on) : undefined;
    },
  };
}
