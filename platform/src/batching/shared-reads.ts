import { atMost } from './at-most.ts';

export interface SharedReadsOptions {
  /** Statements under way at a moment, at most. Default 2. */
  readonly atOnce?: number;
  /** A statement that has so many keys takes no further requests. Default 1,000. */
  readonly fullAt?: number;
}

interface Batch<Row> {
  readonly keys: Set<string>;
  readonly rows: Promise<ReadonlyMap<string, Row>>;
}

/**
 * Reads rows that are the same for everybody, for several requests in one statement: whoever asks while statements are
 * under way goes with others into the next. No statement answers a question that came after it began, so what a request
 * may rely on when it asks, it may rely on in the answer. Never for anything that depends on who asks.
 */
export function sharedReads<Row>(
  getRows: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  { atOnce = 2, fullAt = 1_000 }: SharedReadsOptions = {},
): (keys: readonly string[]) => Promise<Row[]> {
  let gathering: Batch<Row> | undefined;
  const inTurn = atMost(atOnce);

  function gather(): Batch<Row> {
    const keys = new Set<string>();
    async function read(): Promise<ReadonlyMap<string, Row>> {
      // Whoever asks in the same moment goes along.
      await Promise.resolve();
      return inTurn(async () => {
        if (gathering === batch) gathering = undefined;
        return new Map((await getRows([...keys])).map((row) => [keyOf(row), row]));
      });
    }
    const batch: Batch<Row> = { keys, rows: read() };
    return batch;
  }

  return async (keys) => {
    gathering ??= gather();
    const { rows, keys: together } = gathering;
    for (const key of keys) together.add(key);
    if (together.size >= fullAt) gathering = undefined;
    const found = await rows;
    return keys.flatMap((key) => found.get(key) ?? []);
  };
}
