import { randomUUID } from 'node:crypto';
import { groupBy } from '@starling/platform/batching';
import { allBuckets, createEpochs, RedisAwayError, type RedisConnection } from '@starling/platform/redis';
import { type TimelineKind, timelineCacheKeys } from './redis-keys.ts';
import { callsFor, digits, splitByBucket, VIEWERS_PER_CALL, VIEWERS_PER_SMALL_CALL } from './redis-pushes.ts';
import {
  abandonScript,
  beginBuildScript,
  clearScript,
  deliveredScript,
  evictScript,
  finishScript,
  getScript,
  joinScript,
  leaveScript,
  pushScript,
  sizeScript,
  stayScript,
  viewersScript,
} from './redis-scripts.ts';
import {
  type CachedTimeline,
  type Push,
  type Rest,
  TIMELINE_CAPACITY,
  TIMELINE_TTL_MS,
  type TimelineBuild,
  type TimelineCache,
  VIEWERS_PER_SLICE,
} from './timeline-cache.ts';

export interface RedisTimelineCacheOptions {
  readonly redis: RedisConnection;
  /** What the timelines are of; homes when not given. */
  readonly kind?: TimelineKind;
  /** Timelines at most, in all processes together: about 60 kB each when full. */
  readonly maxViewers?: number;
  /** Entries of each at most; 800 when not given. */
  readonly capacity?: number;
  /** Parts that the cache is in: each has its share of the timelines. When not given, 64 in a Cluster and 8 elsewhere. */
  readonly buckets?: number;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/**
 * Calls of one push under way: as many as keep Redis at work, and no more, as whoever reads a page waits behind them. An
 * answer that comes late counts as a loss, too, and pushes are no reason for one.
 */
const PUSHES_AT_ONCE = 2;
/** In a Cluster they are spread over its nodes; elsewhere they only cut what one call could take along. */
const BUCKETS_OF_CLUSTER = 64;
const BUCKETS_OF_ONE = 8;
/** A process that has not been heard of for so long watches over nothing any more. */
const MEMBERSHIP_MS = 10_000;
const STAY_EVERY_MS = 3_000;
/** Rather than delivering more changes than this after nobody did, everything is forgotten. */
const LONGEST_CATCHING_UP = 10_000;

const toIds = (members: readonly string[]) => BigInt64Array.from(members, BigInt);

/** Cached timelines that processes share. While Redis is away there are none, and nothing is kept. */
export function redisTimelineCache(options: RedisTimelineCacheOptions): TimelineCache {
  const { redis, maxViewers = 50_000, capacity = TIMELINE_CAPACITY } = options;
  const { buckets = redis.isCluster ? BUCKETS_OF_CLUSTER : BUCKETS_OF_ONE } = options;
  const { kind = 'homes', now = Date.now } = options;
  const trimmed = capacity - Math.floor(capacity / 10);
  const keys = timelineCacheKeys(redis.namespace, kind, buckets);
  const shared = [keys.epoch, keys.members, keys.position];
  const perBucket = Math.ceil(maxViewers / buckets);
  const epochs = createEpochs(redis, keys.epoch);
  const member = randomUUID();
  let builds = 0;
  let staying: NodeJS.Timeout | undefined;

  /** Reads in their order, also within a millisecond: microseconds that always grow. */
  let lastRead = 0;
  const readNow = () => {
    lastRead = Math.max(lastRead + 1, Math.floor(now() * 1_000));
    return lastRead;
  };
  const tooLongAgo = () => Math.floor((now() - TIMELINE_TTL_MS) * 1_000);

  const bucketKeys = (bucket: string) => [
    keys.readers(bucket),
    keys.building(bucket),
    keys.timelines(bucket),
    keys.builds(bucket),
  ];
  const keysFor = (viewerId: string) => bucketKeys(keys.bucketOf(viewerId));

  const orAway = async <Result, Otherwise>(
    work: () => Promise<Result>,
    otherwise: () => Otherwise,
  ): Promise<Result | Otherwise> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
      return otherwise();
    }
  };
  const nothing = () => undefined;

  async function read(viewerId: string): Promise<CachedTimeline | undefined> {
    const args = [viewerId, readNow(), tooLongAgo(), TIMELINE_TTL_MS];
    const { epoch, result } = await epochs.during(() => redis.run(getScript, keysFor(viewerId), args));
    if (result === null) return undefined;
    const [facts = '', ...ids] = result as string[];
    const [made = '', down = '', version = '', built = ''] = facts.split('|');
    // Of an epoch that is over: it may lack something.
    if (Number(made) < epoch) return undefined;
    return {
      ids: toIds(ids),
      completeDownTo: BigInt(down),
      graphVersion: BigInt(version),
      builtAt: Number(built),
    };
  }

  function finishBuild(viewerId: string, build: string, epoch: number, losses: number): TimelineBuild['finish'] {
    return ({ ids, completeDownTo, graphVersion, builtAt }) =>
      orAway(async () => {
        const facts = [epoch, digits(completeDownTo), graphVersion.toString(), builtAt];
        const args = [viewerId, build, readNow(), TIMELINE_TTL_MS, capacity, perBucket, ...facts];
        const kept = [...ids.subarray(0, capacity + 1)].map(digits);
        const result = (await redis.run(finishScript, keysFor(viewerId), [...args, ...kept])) as
          | [string, string[]]
          | null;
        // What was pushed meanwhile may have been lost with whatever else was.
        if (result === null || losses !== redis.losses) return undefined;
        const [down, merged] = result;
        return { ids: toIds(merged), completeDownTo: BigInt(down), graphVersion, builtAt };
      }, nothing);
  }

  /** One call per batch of viewers of one slot, a few at a time: whoever waits for an answer waits for no long line. */
  async function pushAll(epoch: number, pushes: readonly Push[], rest: Rest | undefined): Promise<void> {
    const head = [epoch, capacity, trimmed];
    const most = rest ? VIEWERS_PER_SMALL_CALL : VIEWERS_PER_CALL;
    const calls = [...splitByBucket(pushes, keys.bucketOf)].flatMap(([bucket, ofBucket]) =>
      callsFor(ofBucket, most).map((call) => ({ keys: bucketKeys(bucket), args: [...head, ...call] })),
    );
    const waiting = calls.values();
    const work = async () => {
      for (const call of waiting) {
        const began = performance.now();
        await redis.run(pushScript, call.keys, call.args);
        await rest?.(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: rest ? 1 : PUSHES_AT_ONCE }, work));
  }

  return {
    capacity,

    async join(newest) {
      staying ??= setInterval(() => {
        void orAway(() => redis.run(stayScript, shared, [member, MEMBERSHIP_MS]), nothing);
      }, STAY_EVERY_MS).unref();
      return orAway(
        async () => {
          const losses = redis.losses;
          const args = [member, MEMBERSHIP_MS, newest.toString(), LONGEST_CATCHING_UP, 0];
          const [epoch, position] = (await redis.run(joinScript, shared, args)) as [string, string];
          epochs.join(Number(epoch), losses);
          return BigInt(position);
        },
        // Its first use, once it is there, begins a new epoch.
        () => newest,
      );
    },

    async delivered(upTo) {
      if (!epochs.isSure) return;
      await orAway(() => redis.run(deliveredScript, shared, [upTo.toString()]), nothing);
    },

    async leave() {
      clearInterval(staying);
      await orAway(() => redis.run(leaveScript, shared, [member]), nothing);
    },

    get: (viewerId) => orAway(() => read(viewerId), nothing),

    async beginBuild(viewerId) {
      const build = `${member}.${++builds}`;
      const begun = await orAway(async () => {
        const losses = redis.losses;
        const epoch = await epochs.current();
        await redis.run(beginBuildScript, keysFor(viewerId), [viewerId, build]);
        return { epoch, losses };
      }, nothing);
      if (!begun) return { finish: async () => undefined, abandon: async () => {} };
      return {
        finish: finishBuild(viewerId, build, begun.epoch, begun.losses),
        async abandon() {
          await orAway(() => redis.run(abandonScript, keysFor(viewerId), [viewerId, build]), nothing);
        },
      };
    },

    async push(pushes, rest) {
      await orAway(
        async () => {
          const epoch = await epochs.current();
          await pushAll(epoch, pushes, rest);
        },
        // What was not pushed makes everything void that is there.
        () => redis.noteLoss(),
      );
    },

    async isEmpty() {
      return orAway(
        async () => {
          // Where there are timelines, most buckets have some: the first that is asked answers for all.
          for (const bucket of allBuckets(buckets)) {
            if (Number(await redis.run(sizeScript, bucketKeys(bucket), [])) > 0) return false;
          }
          return true;
        },
        // Not known: then it is pushed to.
        () => false,
      );
    },

    // Viewers are spread evenly: one bucket is asked for all.
    async estimateViewers() {
      const [bucket = ''] = allBuckets(1);
      return orAway(
        async () => Number(await redis.run(sizeScript, bucketKeys(bucket), [])) * buckets,
        () => 0,
      );
    },

    async *listViewers() {
      let slice: string[] = [];
      for (const bucket of allBuckets(buckets)) {
        const viewerIds = await orAway(
          async () => (await redis.run(viewersScript, bucketKeys(bucket), [])) as string[],
          // Whoever is not listed misses what the list is asked for.
          () => {
            redis.noteLoss();
            return [];
          },
        );
        slice.push(...viewerIds);
        for (; slice.length >= VIEWERS_PER_SLICE; slice = slice.slice(VIEWERS_PER_SLICE)) {
          yield slice.slice(0, VIEWERS_PER_SLICE);
        }
      }
      if (slice.length > 0) yield slice;
    },

    async evict(viewerIds) {
      const groups = groupBy(viewerIds, keys.bucketOf);
      await orAway(
        () => Promise.all([...groups].map(([bucket, group]) => redis.run(evictScript, bucketKeys(bucket), group))),
        () => redis.noteLoss(),
      );
    },

    async clear() {
      await orAway(
        async () => {
          await epochs.begin();
          await Promise.all(allBuckets(buckets).map((bucket) => redis.run(clearScript, bucketKeys(bucket), [])));
        },
        () => redis.noteLoss(),
      );
    },
  };
}
