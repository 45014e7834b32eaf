import { sharedReads } from '@starling/platform/batching';
import { type EntityCache, type HotMemory, type HotReader, hotReader } from '@starling/platform/cache';
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
  async function readTogether(usernames: readonly string[]): Promise<NamedAccount[]> {
    const { found, fill } = await cache.lookUp<string>(usernames.map(usernameKey));
    const ids = new Map<string, string | null | undefined>(usernames.map((name, at) => [name, found[at]]));
    const missing = usernames.filter((_, at) => found[at] === undefined);
    if (missing.length > 0) {
      for (const { username, id } of await getAccountIdsByUsernames(database, missing)) ids.set(username, id);
      await fill(missing.map((name) => [usernameKey(name), ids.get(name) ?? null]));
    }
    return [...ids].flatMap(([username, id]) => (id == null ? [] : [{ username, id }]));
  }
  return hotReader(memory.rows({ max: REMEMBERED }), sharedReads(readTogether, nameOf), nameOf);
}
