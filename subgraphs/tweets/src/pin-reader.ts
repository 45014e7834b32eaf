import { type HotMemory, type HotReader, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { getPinsByUserIds, type Pin } from './pin-store.ts';

/** Accounts of which a process remembers what they have pinned, about 150 bytes each. */
const REMEMBERED = 50_000;

const ofUser = ({ userId }: Pin) => userId;

/** What accounts have pinned, or that it is nothing; whether that may be seen is another question. */
export function createPinReader(database: Database, memory: HotMemory): HotReader<Pin> {
  return sharedReader(memory.rows({ max: REMEMBERED }), (userIds) => getPinsByUserIds(database, userIds), ofUser);
}
