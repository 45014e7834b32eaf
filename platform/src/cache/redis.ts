import { randomUUID } from 'node:crypto';
import { groupBy } from '../batching/group-by.ts';
import { bucketOf } from '../redis/buckets.ts';
import { createEpochs } from '../redis/epochs.ts';
import { entityCacheKeys } from '../redis/keys.ts';
import { RedisAwayError, type RedisConnection } from '../redis/open-redis.ts';
import { script } from '../redis/script.ts';
import type { EntityCache } from './entity-cache.ts';

export interface RedisEntityCacheOptions {
  readonly redis: RedisConnection;
  /** How long an entry is believed, in milliseconds. */
  readonly ttlMs: number;
}

/** Longer than any read of a source takes: what is filled later than this after its look-up is dropped. */
const LEASE_MS = 30_000;
/** A deletion is remembered for longer than a look-up that began before it may fill. */
const TOMBSTONE_MS = 2 * LEASE_MS;

/*
 * An entry is `epoch|version|kind|json`. Kind `v` is a value; `l`, a lease, says that somebody who missed it reads the
 * source; `d` is a tombstone. Every change gives another version, and a fill puts a value only where the version is still
 * the one that its look-up saw. An entry that Redis dropped meanwhile has none, so that the fill is dropped, too.
 */
const lookUpScript = script(`
  local entries = {}
  for i, key in ipairs(KEYS) do
    local entry = redis.call('GET', key)
    if not entry or tonumber(string.match(entry, '^%d+')) < tonumber(ARGV[1]) then
      entry = ARGV[1] .. '|' .. ARGV[2] .. '|l|'
      redis.call('SET', key, entry, 'PX', ARGV[3])
    end
    entries[i] = entry
  end
  return entries`);

// ARGV: epoch, version, milliseconds, then for each key the version seen and the value.
const fillScript = script(`
  local filled = {}
  for i, key in ipairs(KEYS) do
    local seen = ARGV[2 + 2 * i]
    local entry = redis.call('GET', key)
    local version = entry and string.match(entry, '^%d+|([^|]*)|') or ''
    filled[i] = 0
    if version == seen then
      redis.call('SET', key, ARGV[1] .. '|' .. ARGV[2] .. '|v|' .. ARGV[3 + 2 * i], 'PX', ARGV[3])
      filled[i] = 1
    end
  end
  return filled`);

const deleteScript = script(`
  for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
  return 0`);

function parseEntry(entry: string): { readonly version: string; readonly kind: string; readonly json: string } {
  const [, version = '', kind = '', json = ''] = /^\d+\|([^|]*)\|(\w)\|([\s\S]*)$/.exec(entry) ?? [];
  return { version, kind, json };
}

/** An entity cache that processes share. While Redis is away it knows nothing and keeps nothing. */
export function createRedisEntityCache({ redis, ttlMs }: RedisEntityCacheOptions): EntityCache {
  const keysOf = entityCacheKeys(redis.namespace);
  const epochs = createEpochs(redis, keysOf.epoch);
  const process = randomUUID();
  let changes = 0;
  const newVersion = () => `${process}.${++changes}`;

  const ifThere = async <Result>(work: () => Promise<Result>, otherwise: () => Result): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
      return otherwise();
    }
  };

  /** One call per slot; the answers in the order of the keys. */
  async function lookUpEntries(epoch: number, keys: readonly string[]): Promise<Map<string, string>> {
    const entries = new Map<string, string>();
    const groups = groupBy([...new Set(keys)], (key) => bucketOf(key));
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const args = [epoch, newVersion(), LEASE_MS];
        const answers = (await redis.run(lookUpScript, group.map(keysOf.entity), args)) as string[];
        for (const [index, key] of group.entries()) entries.set(key, answers[index] ?? '');
      }),
    );
    return entries;
  }

  return {
    async lookUp<Value>(keys: readonly string[]) {
      const began = performance.now();
      const nothing = () => undefined;
      const known = await ifThere(() => epochs.during((epoch) => lookUpEntries(epoch, keys)), nothing);
      const seen = new Map<string, string>();
      const found = keys.map((key) => {
        const entry = known?.result.get(key);
        if (entry === undefined) return undefined;
        const { version, kind, json } = parseEntry(entry);
        seen.set(key, version);
        return kind === 'v' ? (JSON.parse(json) as Value | null) : undefined;
      });

      async function fillGroup(epoch: number, group: readonly (readonly [string, Value | null])[]): Promise<void> {
        const version = newVersion();
        const values = group.flatMap(([key, value]) => [seen.get(key) as string, JSON.stringify(value)]);
        const names = group.map(([key]) => keysOf.entity(key));
        const filled = (await redis.run(fillScript, names, [epoch, version, ttlMs, ...values])) as number[];
        for (const [index, [key]] of group.entries()) if (filled[index] === 1) seen.set(key, version);
      }

      return {
        found,
        async fill(entries: readonly (readonly [key: string, value: Value | null])[]) {
          if (!known || performance.now() - began > LEASE_MS) return;
          const lookedUp = entries.filter(([key]) => seen.has(key));
          const groups = [...groupBy(lookedUp, ([key]) => bucketOf(key)).values()];
          await ifThere(
            () => Promise.all(groups.map((group) => fillGroup(known.epoch, group))),
            () => [],
          );
        },
      };
    },

    async deleteMany(keys) {
      if (keys.length === 0) return;
      // Not waited for in vain while Redis is away: once it is back, everything from before is void.
      await ifThere(
        async () => {
          const epoch = await epochs.current();
          const groups = [...groupBy(keys, (key) => bucketOf(key)).values()];
          const tombstone = () => `${epoch}|${newVersion()}|d|`;
          await Promise.all(
            groups.map((group) => redis.run(deleteScript, group.map(keysOf.entity), [tombstone(), TOMBSTONE_MS])),
          );
        },
        () => redis.noteLoss(),
      );
    },

    async clear() {
      await ifThere(
        () => epochs.begin(),
        () => redis.noteLoss(),
      );
    },
  };
}
