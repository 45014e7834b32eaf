import type { HotRows } from './hot-rows.ts';

/** Reads rows through memory. */
export interface HotReader<Row, Key = string> {
  /** What memory has: null for what is known not to exist, undefined for what is not known. */
  peek(key: Key): Row | null | undefined;
  /** One answer per key, null for what there is not. The source is asked at most once, for what memory does not have. */
  read(keys: readonly Key[]): Promise<(Row | null)[]>;
  forget(keys: Iterable<Key>): void;
  forgetAll(): void;
}

/**
 * `getRows` asks the source, and never answers with what was read before it was called. A key that it answers nothing for
 * is kept as an absence.
 */
export function hotReader<Row, Key = string>(
  rows: HotRows<Row, Key>,
  getRows: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): HotReader<Row, Key> {
  async function readInto(found: Map<Key, Row | null>, missing: readonly Key[]): Promise<void> {
    const reading = rows.beginRead();
    try {
      for (const row of await getRows(missing)) found.set(keyOf(row), row);
      for (const key of missing) reading.fill(key, found.get(key) ?? null);
    } finally {
      reading.end();
    }
  }

  return {
    peek: (key) => rows.get(key),
    async read(keys) {
      const found = new Map<Key, Row | null>();
      const missing = new Set<Key>();
      for (const key of keys) {
        const row = rows.get(key);
        if (row === undefined) missing.add(key);
        else found.set(key, row);
      }
      if (missing.size > 0) await readInto(found, [...missing]);
      return keys.map((key) => found.get(key) ?? null);
    },
    forget: (keys) => rows.forget(keys),
    forgetAll: () => rows.clear(),
  };
}
