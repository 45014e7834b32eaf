import { randomUUID } from 'node:crypto';
import { redisTimelineCache } from '@starling/timeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { reachRedis, redisShapes, type TestRedis } from '../../../tests/support/redis.ts';
import { THE_BEGINNING } from '../src/timeline-cache/timeline-cache.ts';
import { timelineCacheContract } from './timeline-cache.contract.ts';

describe.each(redisShapes)('%s', (_, start) => {
  let server: TestRedis;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  timelineCacheContract(async (size) => {
    let now = Date.now();
    const redis = await reachRedis(server.url, randomUUID());
    return {
      // One bucket, in which who was not read for longest is exact.
      cache: redisTimelineCache({ ...size, redis, buckets: 1, now: () => now }),
      async pass(ms) {
        now += ms;
      },
      stop: () => redis.close(),
    };
  });

  async function open(namespace: string) {
    const redis = await reachRedis(server.url, namespace);
    return { redis, cache: redisTimelineCache({ redis }) };
  }
  const timeline = (ids: readonly bigint[], graphVersion = 1n) => ({
    ids: BigInt64Array.from(ids),
    completeDownTo: THE_BEGINNING,
    graphVersion,
    builtAt: 1,
  });
  const viewers = Array.from({ length: 300 }, (_, index) => String(index + 1));

  describe('between processes', () => {
    it('shares timelines, pushes and builds under way', async () => {
      const namespace = randomUUID();
      const [a, b] = [await open(namespace), await open(namespace)];
      expect([await a.cache.join(7n), await b.cache.join(9n)]).toEqual([7n, 7n]);
      for (const viewerId of viewers) await (await a.cache.beginBuild(viewerId)).finish(timeline([5n]));
      const build = await a.cache.beginBuild('elsewhere');
      expect(await b.cache.isEmpty()).toBe(false);
      await b.cache.push([{ viewerIds: [...viewers, 'elsewhere'], entryIds: [6n] }]);
      await build.finish(timeline([5n]));
      for (const viewerId of [...viewers, 'elsewhere']) {
        expect((await a.cache.get(viewerId))?.ids).toEqual(BigInt64Array.of(6n, 5n));
      }
      await Promise.all([a.redis.close(), b.redis.close()]);
    });

    it('keeps what is cached for who joins others, with the position to go on from', async () => {
      const namespace = randomUUID();
      const a = await open(namespace);
      expect(await a.cache.join(100n)).toBe(100n);
      await (await a.cache.beginBuild('1')).finish(timeline([5n]));
      await a.cache.delivered(110n);
      await a.cache.delivered(105n);
      const b = await open(namespace);
      expect(await b.cache.join(200n)).toBe(110n);
      expect((await b.cache.get('1'))?.ids).toEqual(BigInt64Array.of(5n));
      await Promise.all([a.redis.close(), b.redis.close()]);
    });

    it.each([
      ['nobody has watched over it meanwhile', true, 200n],
      ['far too much happened since', false, 200_000n],
      ['it is of a later state than the source', false, 50n],
    ])('forgets everything for who joins when %s', async (_, leaves, newest) => {
      const namespace = randomUUID();
      const a = await open(namespace);
      await a.cache.join(100n);
      await (await a.cache.beginBuild('1')).finish(timeline([5n]));
      if (leaves) await a.cache.leave();
      const b = await open(namespace);
      expect(await b.cache.join(newest)).toBe(newest);
      expect(await b.cache.get('1')).toBeUndefined();
      expect(await a.cache.get('1')).toBeUndefined();
      await Promise.all([a.redis.close(), b.redis.close()]);
    });
  });

  it('believes nothing that may have missed a push while a server was away', async () => {
    const { redis, cache } = await open(randomUUID());
    await cache.join(0n);
    const build = async (viewerId: string, ids: readonly bigint[]) =>
      (await cache.beginBuild(viewerId)).finish(timeline(ids));
    for (const viewerId of viewers) await build(viewerId, [1n]);
    const early = await cache.beginBuild('early');
    await server.kill();
    await cache.push([{ viewerIds: viewers, entryIds: [2n] }]);
    await server.recover();
    expect(await early.finish(timeline([1n]))).toBeUndefined();
    await until('timelines are kept again', async () => {
      for (const viewerId of viewers) {
        const found = await cache.get(viewerId);
        if (!found) await build(viewerId, [2n, 1n]);
        else expect(found.ids).toEqual(BigInt64Array.of(2n, 1n));
      }
      return (await Promise.all(viewers.map((viewerId) => cache.get(viewerId)))).every(Boolean);
    });
    await redis.close();
  });
});
