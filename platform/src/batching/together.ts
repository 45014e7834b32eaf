import { gathering } from './gathering.ts';

export interface TogetherOptions {
  /** Batches under way at a moment, at most. Default 2. */
  readonly atOnce?: number;
  /** Items of one batch, at most. Default 200. */
  readonly fullAt?: number;
}

/**
 * Does the same for several callers in one go: whoever comes while batches are under way goes with others into the next.
 * `work` answers one result per item, in their order; when it fails, it fails all of its batch. For work of which each item
 * is judged for itself and none can spoil that of another.
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { atOnce = 2, fullAt = 200 }: TogetherOptions = {},
): (item: Item) => Promise<Result> {
  const join = gathering<Item[], readonly Result[]>(work, {
    empty: () => [],
    isFull: (items) => items.length >= fullAt,
    atOnce,
  });
  return async (item) => {
    let place = 0;
    const results = await join((items) => {
      place = items.push(item) - 1;
    });
    return results[place] as Result;
  };
}
