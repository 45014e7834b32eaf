import type { HotRows } from './hot-rows.ts';

/** Reads rows through memory. */
export interface HotReader<Row> {
  /** What memory has: null for what is known not to exist, undefined for what is not known. */
  peek(key: string): Row | null | undefined;
  /** One answer per key, null for what there is not. The source is asked at most once, for what memory does not have. */
  read(keys: readonly string[]): Promise<(Row | null)[]>;
  forget(keys: Iterable<string>): void;
}

/**
 * `getRows` asks the source, and never answers with what was read before it was called. A key that it answers nothing for
 * is kept as an absence.
 */
export function hotReader<Row>(
  rows: HotRows<Row>,
  getRows: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): HotReader<Row> {
  async function readInto(found: Map<string, Row | null>, missing: readonly string[]): Promise<void> {
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
      const found = new Map<string, Row | null>();
      const missing = new Set<string>();
      for (const key of keys) {
        const row = rows.get(key);
        if (row === undefined) missing.add(key);
        else found.set(key, row);
      }
      if (missing.size > 0) await readInto(found, [...missing]);
      return keys.map((key) => found.get(key) ?? null);
    },
    forget: (keys) => rows.forget(keys),
  };
}
