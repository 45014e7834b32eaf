import { type EntityCache, type HotMemory, type HotReader, readThrough, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { getPublicAccountsByIds, type PublicAccount } from './account-store.ts';
import { accountKey } from './cache-keys.ts';

/** Accounts that a process remembers, about 500 bytes each. */
const REMEMBERED = 50_000;

const idOf = ({ id }: PublicAccount) => id;

/** What everybody may know of accounts: from memory, then the cache, then one statement for all who ask at the same moment. */
export function createAccountReader(
  database: Database,
  cache: EntityCache,
  memory: HotMemory,
): HotReader<PublicAccount> {
  const keyOf = accountKey;
  const read = async (ids: readonly string[]) =>
    (await getPublicAccountsByIds(database, ids)).map((account) => [account.id, account] as const);
  const readTogether = async (ids: readonly string[]) => [...(await readThrough(ids, { cache, keyOf, read })).values()];
  return sharedReader(memory.rows({ max: REMEMBERED }), readTogether, idOf);
}
