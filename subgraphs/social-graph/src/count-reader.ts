import { type HotMemory, type HotReader, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { type Counts, getCountsByUserIds } from './count-store.ts';

/** Accounts of which a process remembers how many follow them, about 150 bytes each. */
const REMEMBERED = 100_000;

const ofUser = ({ userId }: Counts) => userId;

/** How many follow accounts, and whom they follow, which is the same for every viewer: through the memory of the process. */
export function createCountReader(database: Database, memory: HotMemory): HotReader<Counts> {
  return sharedReader(memory.rows({ max: REMEMBERED }), (userIds) => getCountsByUserIds(database, userIds), ofUser);
}
