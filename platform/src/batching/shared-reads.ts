import { gathering } from './gathering.ts';

export interface SharedReadsOptions {
  /** Statements under way at a moment, at most. Default 2. */
  readonly atOnce?: number;
  /** A statement that has so many keys takes no further requests. Default 1,000. */
  readonly fullAt?: number;
}

/**
 * Reads rows that are the same for everybody, for several requests in one statement: whoever asks while statements are
 * under way goes with others into the next. No statement answers a question that came after it began, so what a request
 * may rely on when it asks, it may rely on in the answer. Never for anything that depends on who asks.
 */
export function sharedReads<Row, Key = string>(
  getRows: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
  { atOnce = 2, fullAt = 1_000 }: SharedReadsOptions = {},
): (keys: readonly Key[]) => Promise<Row[]> {
  async function read(keys: ReadonlySet<Key>): Promise<ReadonlyMap<Key, Row>> {
    return new Map((await getRows([...keys])).map((row) => [keyOf(row), row]));
  }

  const join = gathering(read, { empty: () => new Set<Key>(), isFull: ({ size }) => size >= fullAt, atOnce });
  return async (keys) => {
    const found = await join((gathered) => {
      for (const key of keys) gathered.add(key);
    });
    return keys.flatMap((key) => found.get(key) ?? []);
  };
}
