import type { SocketExtra } from '@starling/platform/web-socket';

/**
 * Queries and mutations that are being answered on each connection: a gateway that closes gives these answers first. A client
 * that has none asks again elsewhere, as the library does by itself, and a mutation would be done twice.
 */
export interface AnswersUnderWay {
  begin(socket: SocketExtra, id: string): void;
  /** The answer of this id, if it is one, has been sent but for the word that it is complete, which follows in this turn. */
  end(socket: SocketExtra, id: string): void;
  /** Resolves once nothing is being answered on this connection; undefined when nothing is. */
  untilNone(socket: SocketExtra): Promise<void> | undefined;
}

interface OnConnection {
  readonly ids: Set<string>;
  onNone: () => void;
}

export function answersUnderWay(): AnswersUnderWay {
  const bySocket = new WeakMap<SocketExtra, OnConnection>();

  async function none(socket: SocketExtra): Promise<void> {
    for (let known = bySocket.get(socket); known; known = bySocket.get(socket)) {
      const waited = known;
      await new Promise<void>((resolve) => {
        waited.onNone = resolve;
      });
    }
  }

  return {
    begin(socket, id) {
      const known = bySocket.get(socket) ?? { ids: new Set(), onNone() {} };
      bySocket.set(socket, known);
      known.ids.add(id);
    },
    end(socket, id) {
      const known = bySocket.get(socket);
      if (!known?.ids.delete(id) || known.ids.size > 0) return;
      bySocket.delete(socket);
      setImmediate(known.onNone);
    },
    untilNone: (socket) => (bySocket.has(socket) ? none(socket) : undefined),
  };
}
