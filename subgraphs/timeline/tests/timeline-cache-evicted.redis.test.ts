import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '@starling/platform/redis';
import { redisTimelineCache } from '@starling/timeline';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachRedis, startTestRedis, type TestRedis } from '../../../tests/support/redis.ts';
import {
  type CachedTimeline,
  THE_BEGINNING,
  type TimelineBuild,
  type TimelineCache,
} from '../src/timeline-cache/timeline-cache.ts';

/** Of two processes, what Redis drops of its own accord is dropped under both. */
describe('a Redis that drops keys when it is full', () => {
  let server: TestRedis;
  let raw: Redis;
  let connections: RedisConnection[] = [];

  beforeAll(async () => {
    server = await startTestRedis();
    raw = new Redis(server.url);
    connections = [await reachRedis(server.url), await reachRedis(server.url)];
  });
  afterAll(async () => {
    raw?.disconnect();
    await Promise.all(connections.map((redis) => redis.close()));
    await server?.stop();
  });

  const CAPACITY = 200;
  /** Lets both processes have the same cache. */
  async function withCaches(
    work: (caches: readonly TimelineCache[], namespace: string) => Promise<void>,
  ): Promise<void> {
    const namespace = randomUUID();
    const caches = connections.map((redis) => {
      const named = Object.create(redis, { namespace: { value: namespace } }) as RedisConnection;
      return redisTimelineCache({ redis: named, capacity: CAPACITY, maxViewers: 10_000, buckets: 2 });
    });
    for (const cache of caches) await cache.join(0n);
    await work(caches, namespace);
    for (const cache of caches) await cache.leave();
  }
  async function keysOf(namespace: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const found of raw.scanStream({ match: `${namespace}:*`, count: 1_000 }))
      keys.push(...(found as string[]));
    return keys.toSorted();
  }
  async function statistic(name: string): Promise<number> {
    return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await raw.info('everything'))?.[1]);
  }

  /** Everything that was ever pushed to a viewer, which is what the source has of it. */
  class Source {
    #ids: bigint[] = [];
    add(id: bigint): void {
      this.#ids.unshift(id);
    }
    read(): CachedTimeline {
      const newest = this.#ids.slice(0, CAPACITY);
      const completeDownTo = newest.length < CAPACITY ? THE_BEGINNING : (newest.at(-1) as bigint);
      return { ids: BigInt64Array.from(newest), completeDownTo, graphVersion: 1n, builtAt: 1 };
    }
    /** Whatever the cache answers has everything down to where it says that it is complete. */
    check(found: CachedTimeline | undefined): boolean {
      if (found === undefined) return false;
      expect([...found.ids]).toEqual(this.#ids.filter((id) => id >= found.completeDownTo));
      return true;
    }
  }

  /**
   * Two builds of one home by two processes, one of a neighbour in the same bucket, and pushes in between, step by step.
   * What was answered is compared at once.
   */
  function story([one, other]: readonly TimelineCache[]) {
    if (!one || !other) throw new Error('Two processes are needed.');
    const source = new Source();
    const builds: { readonly build: TimelineBuild; readonly read: CachedTimeline }[] = [];
    let nextId = 1_000n;
    let answers = 0;
    const note = (found: CachedTimeline | undefined) => {
      if (source.check(found)) answers++;
    };
    const begin = (cache: TimelineCache) => async () => {
      const build = await cache.beginBuild('1');
      builds.push({ build, read: source.read() });
    };
    const finish = async () => {
      const { build, read } = builds.shift() ?? {};
      if (build && read) note(await build.finish(read));
    };
    const push = async () => {
      const id = nextId++;
      source.add(id);
      await one.push([{ entryIds: [id], viewerIds: ['1', 'neighbour'] }]);
    };
    const get = async () => note(await other.get('1'));
    const steps = [
      push,
      begin(one),
      push,
      finish,
      push,
      get,
      begin(one),
      push,
      begin(other),
      async () => void (await other.beginBuild('neighbour')),
      push,
      finish,
      get,
      push,
      finish,
      push,
      get,
    ];
    return { steps, answered: () => answers };
  }
  /** What a key holds, whatever the namespace. */
  const kindOf = (key: string, namespace: string) => key.slice(namespace.length);

  it('shows no hole, whichever key goes at whichever moment, and all that it makes again expires', async () => {
    const kinds: string[][] = [];
    await withCaches(async (caches, namespace) => {
      const { steps, answered } = story(caches);
      for (const step of steps) {
        await step();
        kinds.push((await keysOf(namespace)).map((key) => kindOf(key, namespace)));
      }
      // Nothing is dropped: everything is answered.
      expect(answered()).toBe(6);
    });

    for (const [at, present] of kinds.entries()) {
      for (const kind of present) {
        await withCaches(async (caches, namespace) => {
          for (const [index, step] of story(caches).steps.entries()) {
            await step();
            if (index === at) expect(await raw.del(`${namespace}${kind}`)).toBe(1);
          }
          for (const key of await keysOf(namespace)) {
            expect({ key, ttl: await raw.pttl(key) }).toEqual({ key, ttl: expect.toSatisfy((ttl) => ttl > 0) });
          }
        });
      }
    }
  });

  it('answers no timeline with a hole while there is room for half of them', () =>
    withCaches(async (caches) => {
      const sources = Array.from({ length: 150 }, (_, index) => ({ viewerId: String(index), source: new Source() }));
      for (const { source } of sources) for (let id = 1n; id <= CAPACITY; id++) source.add(id);
      let seed = 7;
      const isHeads = () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % 2 === 0;
      };
      let answered = 0;
      let missed = 0;
      const note = (source: Source, found: CachedTimeline | undefined) => {
        if (source.check(found)) answered++;
        else missed++;
        return found !== undefined;
      };

      const room = (await statistic('used_memory')) + 1_800_000;
      await raw.config('SET', 'maxmemory-policy', 'allkeys-lru', 'maxmemory', room);
      for (let id = CAPACITY + 1; id <= CAPACITY + 16; id++) {
        const [cache, another] = (id % 2 === 0 ? caches : caches.toReversed()) as [TimelineCache, TimelineCache];
        const builds = await Promise.all(
          sources.map(async ({ viewerId, source }) => {
            if (note(source, await cache.get(viewerId)) || isHeads()) return undefined;
            return { build: await cache.beginBuild(viewerId), source, read: source.read() };
          }),
        );
        const readers = sources.filter(isHeads);
        for (const { source } of readers) source.add(BigInt(id));
        await another.push([{ entryIds: [BigInt(id)], viewerIds: readers.map(({ viewerId }) => viewerId) }]);
        await Promise.all(builds.map(async (one) => one && note(one.source, await one.build.finish(one.read))));
      }
      await raw.config('SET', 'maxmemory', 0);
      expect(Math.min(answered, missed, await statistic('evicted_keys'))).toBeGreaterThan(300);
    }));
});
