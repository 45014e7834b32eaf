import type { Model } from '../oracle/model.ts';
import type { Stream } from './stream.ts';
import type { Tally } from './tally.ts';

export const entryKey = (tweetId: string, retweetedBy: string | null) => `${tweetId} ${retweetedBy ?? ''}`;

/**
 * What a watcher's stream must tell of: every entry that came into the home while the watcher relied on the stream, for as
 * long as it stays there. An end or an error settles nothing, since the watcher comes back with a cursor: only a gap does,
 * after which the watcher reads the home again.
 */
export interface Owed {
  /** Looks at the home after a write, which may have created an entry, and was first sent at `sentAt`. */
  look(created: string | undefined, sentAt: number): void;
  /** Entries still missing on a stream that says nothing of it. */
  missing(): string[];
}

export function owedTo(
  viewer: string,
  model: Model,
  stream: Pick<Stream, 'toldOf' | 'reliableSince'>,
  tally: Tally,
): Owed {
  const owed = new Map<string, number>();
  let before = new Set<string>();

  const settle = () => {
    const reliableSince = stream.reliableSince();
    for (const [entry, sentAt] of owed) {
      if ((stream.toldOf(entry) ?? 0) >= sentAt) {
        tally.stream.delivered += 1;
        owed.delete(entry);
      } else if (reliableSince === undefined || reliableSince >= sentAt) {
        tally.stream.told += 1;
        owed.delete(entry);
      }
    }
  };

  return {
    look(created, sentAt) {
      const now = new Set(model.home(viewer).map(({ tweet, retweetedBy }) => entryKey(tweet, retweetedBy)));
      for (const entry of owed.keys()) if (!now.has(entry)) owed.delete(entry);
      settle();
      if (created !== undefined && now.has(created) && !before.has(created)) {
        tally.stream.owed += 1;
        owed.set(created, sentAt);
      }
      before = now;
    },
    missing() {
      settle();
      return [...owed.keys()];
    },
  };
}
