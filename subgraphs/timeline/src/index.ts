export { openRecentsCaches, type RecentsCaches, type RecentsSize } from './author-recents/recents-caches.ts';
export { DEFAULT_PUSH_FOLLOWER_LIMIT } from './copies/pull-marks.ts';
export type { Entry } from './entry.ts';
export { homeBySql } from './home/home-by-sql.ts';
export { migrations } from './migrations.ts';
export { createTimeline, type TimelineOptions } from './subgraph.ts';
export { type InProcessOptions, inProcessTimelineCache } from './timeline-cache/in-process.ts';
export { type RedisTimelineCacheOptions, redisTimelineCache } from './timeline-cache/redis.ts';
export type { TimelineCache } from './timeline-cache/timeline-cache.ts';
