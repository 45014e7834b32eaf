import { after, type Soon } from '@starling/platform/batching';
import type { TweetCounts } from './count-store.ts';
import type { Counter } from './counters.ts';
import type { Loaders } from './loaders.ts';

/** How many there are of a tweet: as an update tells it, or at this moment. */
export function countOf(
  { id, counts }: { readonly id: string; readonly counts?: TweetCounts },
  counter: Counter,
  loaders: Loaders,
): Soon<number> {
  return counts ? counts[counter] : after(loaders.countsByTweetId.load(id), (found) => found?.[counter] ?? 0);
}
