import { describe, expect, it } from 'vitest';
import {
  type CachedTimeline,
  THE_BEGINNING,
  TIMELINE_TTL_MS,
  type TimelineCache,
  VIEWERS_PER_SLICE,
} from '../src/timeline-cache/timeline-cache.ts';

export interface CacheUnderTest {
  readonly cache: TimelineCache;
  /** Lets time pass for the cache. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface CacheSize {
  readonly capacity: number;
  readonly maxViewers: number;
}

/** What every cache of timelines does, whatever it is made of. */
export function timelineCacheContract(open: (size: CacheSize) => Promise<CacheUnderTest>): void {
  async function withCache(
    work: (test: CacheUnderTest & { store: typeof store }) => Promise<void>,
    { capacity = 5, maxViewers = 3 }: Partial<CacheSize> = {},
  ): Promise<void> {
    const test = await open({ capacity, maxViewers });
    async function store(viewerId: string, timeline: CachedTimeline): Promise<CachedTimeline | undefined> {
      return (await test.cache.beginBuild(viewerId)).finish(timeline);
    }
    try {
      await work({ ...test, store });
    } finally {
      await test.stop();
    }
  }

  const timeline = (ids: readonly bigint[], completeDownTo = THE_BEGINNING, graphVersion = 1n): CachedTimeline => ({
    ids: BigInt64Array.from(ids),
    completeDownTo,
    graphVersion,
    builtAt: 1_700_000_000_123,
  });
  async function cached(cache: TimelineCache, viewerIds: readonly string[]): Promise<string[]> {
    const found = await Promise.all(viewerIds.map((viewerId) => cache.get(viewerId)));
    return viewerIds.filter((_, index) => found[index] !== undefined);
  }
  const plain = (found: CachedTimeline | undefined) => found && { ...found, ids: [...found.ids] };

  describe('a timeline cache', () => {
    it('knows nothing that was not built', () =>
      withCache(async ({ cache }) => {
        await cache.push([{ viewerIds: ['1'], entryIds: [7n] }]);
        expect(await cache.get('1')).toBeUndefined();
        expect(await cache.isEmpty()).toBe(true);
      }));

    it('gives back what a build read, with its version, its time and its point of completeness', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([9n, 8n, 7n], 7n, 12n));
        expect(plain(await cache.get('1'))).toEqual({
          ids: [9n, 8n, 7n],
          completeDownTo: 7n,
          graphVersion: 12n,
          builtAt: 1_700_000_000_123,
        });
        expect(await cache.isEmpty()).toBe(false);
      }));

    it('inserts pushed entries in their places, each once, however often they come', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([30n, 10n]));
        for (let delivery = 0; delivery < 2; delivery++) {
          await cache.push([
            { viewerIds: ['1', '2'], entryIds: [20n, 40n, 20n] },
            { viewerIds: [], entryIds: [50n] },
            { viewerIds: ['1'], entryIds: [10n] },
          ]);
        }
        expect((await cache.get('1'))?.ids).toEqual(BigInt64Array.of(40n, 30n, 20n, 10n));
        expect(await cache.get('2')).toBeUndefined();
      }));

    it('pushes in pieces when it is to rest in between, also into what was built meanwhile', () =>
      withCache(
        async ({ cache, store }) => {
          const last = 'last';
          const viewerIds = Array.from({ length: 599 }, (_, index) => `${index}`);
          for (const viewerId of viewerIds) await store(viewerId, timeline([5n]));
          const build = await cache.beginBuild(last);
          const worked: number[] = [];
          const rest = async (ms: number) => {
            worked.push(ms);
            if (worked.length > 1) return;
            expect((await cache.get(viewerIds.at(-1) as string))?.ids).toEqual(BigInt64Array.of(5n));
            await build.finish(timeline([5n]));
          };
          await cache.push([{ viewerIds: [...viewerIds, last], entryIds: [6n] }], rest);
          expect(worked.length).toBeGreaterThan(1);
          expect(Math.min(...worked)).toBeGreaterThanOrEqual(0);
          for (const viewerId of [...viewerIds, last]) {
            expect((await cache.get(viewerId))?.ids, viewerId).toEqual(BigInt64Array.of(6n, 5n));
          }
        },
        { maxViewers: 600 },
      ));

    it('keeps ids exact that no floating-point number holds', () =>
      withCache(async ({ cache, store }) => {
        const large = 9_007_199_254_740_993n;
        await store('1', timeline([large]));
        await cache.push([{ viewerIds: ['1'], entryIds: [large - 1n, large + 1n] }]);
        expect((await cache.get('1'))?.ids).toEqual(BigInt64Array.of(large + 1n, large, large - 1n));
      }));

    it('trims what is pushed beyond its capacity, and says down to where it is complete then', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([5n, 4n, 3n, 2n]));
        await cache.push([{ viewerIds: ['1'], entryIds: [6n] }]);
        expect((await cache.get('1'))?.completeDownTo).toBe(THE_BEGINNING);
        await cache.push([{ viewerIds: ['1'], entryIds: [8n, 7n] }]);
        expect(plain(await cache.get('1'))).toMatchObject({ ids: [8n, 7n, 6n, 5n, 4n], completeDownTo: 4n });
      }));

    it('trims by a tenth at most, so that it has room again', () =>
      withCache(
        async ({ cache, store }) => {
          await store('1', timeline(Array.from({ length: 40 }, (_, index) => BigInt(40 - index))));
          for (let id = 41n; id <= 100n; id++) {
            await cache.push([{ viewerIds: ['1'], entryIds: [id] }]);
            const { ids, completeDownTo } = (await cache.get('1')) as CachedTimeline;
            expect(ids.length >= 36 && ids.length <= 40).toBe(true);
            expect([ids[0], ids.at(-1)]).toEqual([id, completeDownTo]);
          }
        },
        { capacity: 40 },
      ));

    it('pushes many entries into many timelines at once, to each what is for it', () =>
      withCache(
        async ({ cache, store }) => {
          const viewers = Array.from({ length: 1_200 }, (_, index) => `${index}`);
          for (const viewerId of viewers) await store(viewerId, timeline([1n]));
          const [even, all] = [viewers.filter((viewerId) => Number(viewerId) % 2 === 0), viewers];
          await cache.push([
            { viewerIds: even, entryIds: [2n] },
            { viewerIds: all, entryIds: [4n, 3n] },
          ]);
          for (const viewerId of viewers) {
            const ids = Number(viewerId) % 2 === 0 ? [4n, 3n, 2n, 1n] : [4n, 3n, 1n];
            expect([...((await cache.get(viewerId))?.ids ?? [])]).toEqual(ids);
          }
        },
        { maxViewers: 1_200 },
      ));

    it('drops what lies below its point of completeness, and takes what lies at it or above', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([50n, 30n], 20n));
        await cache.push([{ viewerIds: ['1'], entryIds: [19n, 20n, 40n] }]);
        expect(plain(await cache.get('1'))).toMatchObject({ ids: [50n, 40n, 30n, 20n], completeDownTo: 20n });
      }));

    it('trims what was read, too', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([7n, 6n, 5n, 4n, 3n, 2n, 1n]));
        expect(plain(await cache.get('1'))).toMatchObject({ ids: [7n, 6n, 5n, 4n, 3n], completeDownTo: 3n });
      }));

    it('gives a build what was pushed while it read the source', () =>
      withCache(async ({ cache }) => {
        const build = await cache.beginBuild('1');
        expect(await cache.isEmpty()).toBe(false);
        await cache.push([{ viewerIds: ['1'], entryIds: [9n, 2n] }]);
        const finished = await build.finish(timeline([8n, 7n], 7n));
        expect([...(finished?.ids ?? [])]).toEqual([9n, 8n, 7n]);
        expect(plain(await cache.get('1'))).toEqual(plain(finished));
      }));

    it('lists whose timelines are cached or being built, all of them', () =>
      withCache(
        async ({ cache, store }) => {
          const list = async () => {
            const found = new Set<string>();
            for await (const slice of cache.listViewers()) {
              expect(slice.length).toBeLessThanOrEqual(VIEWERS_PER_SLICE);
              for (const viewerId of slice) found.add(viewerId);
            }
            return found;
          };
          expect([await list(), await cache.estimateViewers()]).toEqual([new Set(), 0]);
          const viewers = Array.from({ length: VIEWERS_PER_SLICE + 200 }, (_, index) => `${index}`);
          await Promise.all(viewers.map((viewerId) => store(viewerId, timeline([1n]))));
          const [first, second] = [await cache.beginBuild('first'), await cache.beginBuild('second')];
          await cache.evict(['7']);
          expect(await list()).toEqual(new Set([...viewers, 'first', 'second'].filter((viewerId) => viewerId !== '7')));
          expect(await cache.estimateViewers()).toBe(VIEWERS_PER_SLICE + 201);
          await first.finish(timeline([1n]));
          await second.abandon();
          expect((await list()).has('first')).toBe(true);
          expect((await list()).has('second')).toBe(false);
        },
        { maxViewers: 2 * VIEWERS_PER_SLICE },
      ));

    it('forgets a build that was given up', () =>
      withCache(async ({ cache }) => {
        const build = await cache.beginBuild('1');
        await cache.push([{ viewerIds: ['1'], entryIds: [9n] }]);
        await build.abandon();
        expect(await cache.isEmpty()).toBe(true);
        expect(await cache.get('1')).toBeUndefined();
      }));

    it('does not let a late build of an older version replace a newer one', () =>
      withCache(async ({ cache, store }) => {
        const late = await cache.beginBuild('1');
        await store('1', timeline([9n], THE_BEGINNING, 2n));
        await late.finish(timeline([8n], THE_BEGINNING, 1n));
        expect(plain(await cache.get('1'))).toMatchObject({ ids: [9n], graphVersion: 2n });
      }));

    it('goes on pushing into a cached timeline while it is built anew', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([5n]));
        const build = await cache.beginBuild('1');
        await cache.push([{ viewerIds: ['1'], entryIds: [6n] }]);
        expect((await cache.get('1'))?.ids).toEqual(BigInt64Array.of(6n, 5n));
        await build.finish(timeline([5n], THE_BEGINNING, 2n));
        expect(plain(await cache.get('1'))).toMatchObject({ ids: [6n, 5n], graphVersion: 2n });
      }));

    it('hands out timelines that later pushes leave alone', () =>
      withCache(async ({ cache, store }) => {
        await store('1', timeline([5n]));
        const before = await cache.get('1');
        await cache.push([{ viewerIds: ['1'], entryIds: [6n] }]);
        expect(before?.ids).toEqual(BigInt64Array.of(5n));
      }));

    it('keeps a bounded number of timelines: the ones not read for longest go', () =>
      withCache(async ({ cache, store }) => {
        for (const viewerId of ['1', '2', '3']) await store(viewerId, timeline([1n]));
        await cache.get('1');
        // A push is no read.
        await cache.push([{ viewerIds: ['2'], entryIds: [2n] }]);
        await store('4', timeline([1n]));
        expect(await cached(cache, ['1', '2', '3', '4'])).toEqual(['1', '3', '4']);
      }));

    it('forgets a timeline 24 hours after its last read, pushes or not', () =>
      withCache(async ({ cache, store, pass }) => {
        await store('1', timeline([1n]));
        await store('2', timeline([1n]));
        await pass(TIMELINE_TTL_MS - 1_000);
        await cache.get('1');
        await cache.push([{ viewerIds: ['2'], entryIds: [2n] }]);
        await pass(2_000);
        expect(await cached(cache, ['1', '2'])).toEqual(['1']);
      }));

    it('evicts whom it is told, and forgets everything when told so', () =>
      withCache(async ({ cache, store }) => {
        for (const viewerId of ['1', '2', '3']) await store(viewerId, timeline([1n]));
        await cache.evict(['2', '9']);
        expect(await cached(cache, ['1', '2', '3'])).toEqual(['1', '3']);
        await cache.clear();
        expect(await cached(cache, ['1', '2', '3'])).toEqual([]);
        expect(await cache.isEmpty()).toBe(true);
      }));

    it('shows no hole when everything was forgotten during a build', () =>
      withCache(async ({ cache }) => {
        const build = await cache.beginBuild('1');
        await cache.clear();
        await cache.push([{ viewerIds: ['1'], entryIds: [9n] }]);
        await build.finish(timeline([8n]));
        const found = await cache.get('1');
        expect(found === undefined || [...found.ids].includes(9n)).toBe(true);
      }));
  });
}
