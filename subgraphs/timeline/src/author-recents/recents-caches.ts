import type { RedisConnection } from '@starling/platform/redis';
import { inProcessTimelineCache } from '../timeline-cache/in-process.ts';
import { redisTimelineCache } from '../timeline-cache/redis.ts';
import type { TimelineCache } from '../timeline-cache/timeline-cache.ts';

/** Where it is kept what pulled authors did lately: both hold as many entries of each. */
export interface RecentsCaches {
  /** In this process. */
  readonly local: TimelineCache;
  /** What processes share, if they share anything. */
  readonly shared?: TimelineCache | undefined;
}

export interface RecentsSize {
  /** Entries of each author at most. */
  readonly capacity: number;
  /** Authors in this process at most: 3.2 kB each when full. */
  readonly maxLocal: number;
  /** Replicas in all shared, at most: about 30 kB each when full. */
  readonly maxShared: number;
}

const SIZE: RecentsSize = { capacity: 400, maxLocal: 5_000, maxShared: 20_000 };

export function openRecentsCaches(redis: RedisConnection | undefined, size = SIZE): RecentsCaches {
  const { capacity, maxLocal, maxShared } = size;
  return {
    local: inProcessTimelineCache({ capacity, maxViewers: maxLocal }),
    shared: redis && redisTimelineCache({ redis, kind: 'authors', capacity, maxViewers: maxShared }),
  };
}
