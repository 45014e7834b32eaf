import DataLoader from 'dataloader';
import type { HotReader } from '../cache/hot-reader.ts';
import type { Soon } from './after.ts';
import type { Freshness } from './freshness.ts';

/** Loads by key: at once when there is nothing to wait for. */
export interface HotLoader<Row> {
  load(key: string): Soon<Row | null>;
}

class HotLoading<Row> implements HotLoader<Row> {
  readonly #freshness: Freshness;
  readonly #reader: Pick<HotReader<Row>, 'peek' | 'read'>;
  #later: DataLoader<string, Row | null> | undefined;
  // The fields of one object ask for the same row, one after the other.
  #lastKey: string | undefined;
  #lastRow: Row | null = null;

  constructor(freshness: Freshness, reader: Pick<HotReader<Row>, 'peek' | 'read'>) {
    this.#freshness = freshness;
    this.#reader = reader;
  }
  load(key: string): Soon<Row | null> {
    if (key === this.#lastKey) return this.#lastRow;
    const row = this.#freshness.isReady() ? this.#reader.peek(key) : undefined;
    if (row === undefined) return this.#loadLater(key);
    this.#lastKey = key;
    this.#lastRow = row;
    return row;
  }
  #loadLater(key: string): Promise<Row | null> {
    this.#later ??= new DataLoader(async (keys) => {
      await this.#freshness.ready();
      return this.#reader.read(keys);
    });
    return this.#later.load(key);
  }
}

/**
 * One request's loads through the memory of the process. What memory has is answered without a promise, once it is known to
 * be as new as the request; the rest is read together, as any loader does.
 */
export function hotLoader<Row>(freshness: Freshness, reader: Pick<HotReader<Row>, 'peek' | 'read'>): HotLoader<Row> {
  return new HotLoading(freshness, reader);
}
