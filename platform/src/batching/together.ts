import { atMost } from './at-most.ts';

export interface TogetherOptions {
  /** Batches under way at a moment, at most. Default 2. */
  readonly atOnce?: number;
  /** Items of one batch, at most. Default 200. */
  readonly fullAt?: number;
}

interface Batch<Item, Result> {
  readonly items: Item[];
  readonly results: Promise<readonly Result[]>;
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
  let gathering: Batch<Item, Result> | undefined;
  const inTurn = atMost(atOnce);

  function gather(): Batch<Item, Result> {
    const items: Item[] = [];
    async function begin(): Promise<readonly Result[]> {
      // Whoever comes in the same moment goes along.
      await Promise.resolve();
      return inTurn(async () => {
        if (gathering === batch) gathering = undefined;
        return work(items);
      });
    }
    const batch: Batch<Item, Result> = { items, results: begin() };
    return batch;
  }

  return async (item) => {
    gathering ??= gather();
    const { items, results } = gathering;
    const place = items.push(item) - 1;
    if (items.length >= fullAt) gathering = undefined;
    return (await results)[place] as Result;
  };
}
