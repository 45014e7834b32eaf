import { sharedReads } from '@starling/platform/batching';
import { type EntityCache, type HotMemory, type HotReader, hotReader } from '@starling/platform/cache';
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
  async function readTogether(ids: readonly string[]): Promise<PublicAccount[]> {
    const { found, fill } = await cache.lookUp<PublicAccount>(ids.map(accountKey));
    const accounts = new Map(found.flatMap((account) => (account ? [[account.id, account]] : [])));
    const missing = ids.filter((_, index) => found[index] === undefined);
    if (missing.length > 0) {
      for (const account of await getPublicAccountsByIds(database, missing)) accounts.set(account.id, account);
      await fill(missing.map((id) => [accountKey(id), accounts.get(id) ?? null]));
    }
    return [...accounts.values()];
  }
  return hotReader(memory.rows({ max: REMEMBERED }), sharedReads(readTogether, idOf), idOf);
}
