import type { Stream } from './stream.ts';

/** Updates that streams owed, those that came, those that a gap stood for, and how many gaps there were. */
export interface StreamTally {
  owed: number;
  delivered: number;
  told: number;
  gaps: number;
}

export const newStreamTally = (): StreamTally => ({ owed: 0, delivered: 0, told: 0, gaps: 0 });

/** What a watcher's stream must tell of, by the model, after something was done. */
export interface Expectation {
  /** What has come into being by it, in this order. What has the same lane comes in the order in which it came into being. */
  readonly due: readonly { readonly name: string; readonly lane: string | null }[];
  /** Whether what is owed still is: what has left in the meantime may have nothing to show any more. */
  isDue(name: string): boolean;
}

/**
 * What a stream owes: everything that came into being while the watcher relied on the stream, for as long as it stays. An end or
 * an error settles nothing, since the watcher comes back with a cursor: only a gap does, after which the watcher reads anew.
 */
export interface Owed {
  /** `sentAt`: when what was done was first sent. */
  look(expectation: Expectation, sentAt: number): void;
  /** What is still missing on a stream that says nothing of it. */
  missing(): string[];
  /** What came after something that had come into being later. */
  misplaced(): string[];
}

interface Debt {
  readonly name: string;
  readonly lane: string | null;
  readonly sentAt: number;
}

export function owedBy(stream: Pick<Stream, 'lines' | 'reliableSince'>, tally: StreamTally): Owed {
  const owed = new Map<string, Debt & { readonly order: number }>();
  /** Where it came. */
  const settled: (Debt & { readonly order: number; readonly place: number })[] = [];
  let orders = 0;

  const settle = () => {
    const reliableSince = stream.reliableSince();
    for (const [name, debt] of owed) {
      const { sentAt } = debt;
      const place = stream.lines.findIndex((line) => line.name === name && line.at >= sentAt);
      if (place >= 0) {
        tally.delivered += 1;
        owed.delete(name);
        settled.push({ ...debt, place });
      } else if (reliableSince >= sentAt) {
        tally.told += 1;
        owed.delete(name);
      }
    }
  };

  return {
    look({ due, isDue }, sentAt) {
      for (const name of owed.keys()) if (!isDue(name)) owed.delete(name);
      settle();
      for (const { name, lane } of due) {
        tally.owed += 1;
        owed.set(name, { name, lane, sentAt, order: orders++ });
      }
    },
    missing() {
      settle();
      return [...owed.keys()];
    },
    misplaced() {
      const inOrder = settled.filter(({ lane }) => lane !== null).sort((a, b) => a.order - b.order);
      const newest = new Map<string | null, (typeof inOrder)[number]>();
      return inOrder.flatMap((debt) => {
        const before = newest.get(debt.lane);
        newest.set(debt.lane, debt);
        return before && debt.place < before.place ? [`${debt.name} came before ${before.name}`] : [];
      });
    },
  };
}
