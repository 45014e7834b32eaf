import { type EntityCache, type HotMemory, type HotReader, readThrough, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { getAccountIdsByUsernames } from './account-store.ts';
import { usernameKey } from './cache-keys.ts';

/** Usernames of which a process remembers whose they are, or nobody's, about 150 bytes each. */
const REMEMBERED = 50_000;

export interface NamedAccount {
  /** Folded. */
  readonly username: string;
  readonly id: string;
}

const nameOf = ({ username }: NamedAccount) => username;

/** Whose folded usernames are: from memory, then the cache, then one statement for all who ask at the same moment. */
export function createNameReader(database: Database, cache: EntityCache, memory: HotMemory): HotReader<NamedAccount> {
  const keyOf = usernameKey;
  const read = async (usernames: readonly string[]) =>
    (await getAccountIdsByUsernames(database, usernames)).map(({ username, id }) => [username, id] as const);
  const readTogether = async (usernames: readonly string[]) =>
    [...(await readThrough(usernames, { cache, keyOf, read }))].map(([username, id]) => ({ username, id }));
  return sharedReader(memory.rows({ max: REMEMBERED }), readTogether, nameOf);
}
