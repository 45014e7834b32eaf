import { newStreamTally, type StreamTally } from '../oracle/owed.ts';

/** What happened in a run, counted. */
export interface Tally {
  readonly struck: Map<string, number>;
  readonly acknowledged: Map<string, number>;
  readonly refused: Map<string, number>;
  /** Writes whose answer was lost at least once, and which were sent again until there was one. */
  unsure: number;
  /** Requests without an answer, or with one that says that a part is away, by what they were told. */
  readonly unanswered: Map<string, number>;
  /** Milliseconds that the slowest of them waited for that. */
  slowestUnansweredMs: number;
  /** Reads that were compared with the model: pages, look-ups and counts. */
  readsChecked: number;
  readonly stream: StreamTally;
}

export function newTally(): Tally {
  return {
    struck: new Map(),
    acknowledged: new Map(),
    refused: new Map(),
    unsure: 0,
    unanswered: new Map(),
    slowestUnansweredMs: 0,
    readsChecked: 0,
    stream: newStreamTally(),
  };
}

export function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

export const sum = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((all, one) => all + one, 0);
