import DataLoader from 'dataloader';
import type { HotReader } from '../cache/hot-reader.ts';
import type { Soon } from './after.ts';
import type { Freshness } from './freshness.ts';
import { lazily } from './loaders.ts';

/** Loads by key: at once when there is nothing to wait for. */
export interface HotLoader<Row> {
  load(key: string): Soon<Row | null>;
}

/**
 * One request's loads through the memory of the process. What memory has is answered without a promise, once it is known to
 * be as new as the request; the rest is read together, as any loader does.
 */
export function hotLoader<Row>(freshness: Freshness, reader: Pick<HotReader<Row>, 'peek' | 'read'>): HotLoader<Row> {
  const loader = lazily<Row | null>(
    () =>
      new DataLoader(async (keys) => {
        await freshness.ready();
        return reader.read(keys);
      }),
  );
  // The fields of one object ask for the same row, one after the other.
  let lastKey: string | undefined;
  let lastRow: Row | null = null;
  return {
    load(key) {
      if (key === lastKey) return lastRow;
      const row = freshness.isReady() ? reader.peek(key) : undefined;
      if (row === undefined) return loader.load(key);
      lastKey = key;
      lastRow = row;
      return row;
    },
  };
}
