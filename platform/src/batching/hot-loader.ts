import DataLoader from 'dataloader';
import type { HotReader } from '../cache/hot-reader.ts';
import type { Soon } from './after.ts';
import type { Freshness } from './freshness.ts';

/** Loads by key: at once when there is nothing to wait for. */
export interface HotLoader<Row> {
  load(key: string): Soon<Row | null>;
}

/**
 * One request's loads through the memory of the process. What memory has is answered without a promise, once it is known to
 * be as new as the request; the rest is read together, as any loader does.
 */
export function hotLoader<Row>(freshness: Freshness, reader: HotReader<Row>): HotLoader<Row> {
  const loader = new DataLoader<string, Row | null>(async (keys) => {
    await freshness.ready();
    return reader.read(keys);
  });
  return {
    load(key) {
      const row = freshness.isReady() ? reader.peek(key) : undefined;
      return row === undefined ? loader.load(key) : row;
    },
  };
}
