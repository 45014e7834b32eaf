import { sharedReads } from '../batching/shared-reads.ts';
import { type HotReader, hotReader } from './hot-reader.ts';
import type { HotRows } from './hot-rows.ts';

/**
 * Reads rows through memory, and what memory does not have for all who ask at the same moment in one statement. Rows are the same
 * for everybody who has the key: where they depend on who asks, the key says who that is.
 */
export function sharedReader<Row, Key = string>(
  rows: HotRows<Row, Key>,
  getRows: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): HotReader<Row, Key> {
  return hotReader(rows, sharedReads(getRows, keyOf), keyOf);
}
