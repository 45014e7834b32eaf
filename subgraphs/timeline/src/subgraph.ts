import { randomUUID } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RunningConsumer } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { type Clock, every } from '@starling/platform/live';
import { authorRecents } from './author-recents/author-recents.ts';
import { listRecentEntries } from './author-recents/recent-entries.ts';
import { openRecentsCaches, type RecentsCaches } from './author-recents/recents-caches.ts';
import type { ChangeTail } from './changes/change-tail.ts';
import { type Following, followChanges } from './changes/follow-changes.ts';
import { makeDurable } from './changes/newest-change.ts';
import { createContext } from './context.ts';
import { copies } from './copies/copies.ts';
import { setPushFollowerLimit } from './copies/pull-marks.ts';
import { fanOut as createFanOut, FEW_FOLLOWERS } from './fan-out/fan-out.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { homeReader } from './home/home-reader.ts';
import { liveHomes as createLiveHomes } from './live/live-homes.ts';
import { inProcessTimelineCache } from './timeline-cache/in-process.ts';
import { redisTimelineCache } from './timeline-cache/redis.ts';
import type { TimelineCache } from './timeline-cache/timeline-cache.ts';

export interface TimelineOptions {
  /** Where cached timelines are kept; when not given, in Redis if there is one, else in this process. */
  readonly timelineCache?: TimelineCache;
  /** Where it is kept what pulled authors did lately; when not given, in this process and, if there is one, in Redis. */
  readonly recentsCaches?: RecentsCaches;
  /** Followers above which an author is pulled, from now on in every process; when not given, what it was before (10,000). */
  readonly pushFollowerLimit?: number;
  /** An author's followers are gone through up to this number, however few homes are cached; 1,000 when not given. */
  readonly fewFollowers?: number;
  /** When it is looked whether a wake-up by the event log was missed; when not given, every second. */
  readonly clock?: Clock;
}

const LOOK_EVERY_MS = 1_000;

export function createTimeline(
  parts: Pick<Parts, 'database' | 'eventLog' | 'redis'> & Partial<Pick<Parts, 'logger'>>,
  {
    timelineCache = parts.redis ? redisTimelineCache({ redis: parts.redis }) : inProcessTimelineCache(),
    recentsCaches = openRecentsCaches(parts.redis),
    pushFollowerLimit,
    fewFollowers = FEW_FOLLOWERS,
    clock = every(LOOK_EVERY_MS),
  }: TimelineOptions = {},
): Subgraph {
  const { database, eventLog, logger } = parts;
  let running: { copies: RunningConsumer; fanOut: Following; live: Following } | undefined;

  const keptCopies = {
    async caughtUp() {
      if (!running) throw new Error('The timeline has not been started.');
      await running.copies.caughtUp();
    },
  };
  const recents = authorRecents({
    ...recentsCaches,
    async readSource(authorIds, limit) {
      // When the authors were switched to pull is kept with what they did.
      await makeDurable(database);
      return listRecentEntries(database, authorIds, limit);
    },
    reader: randomUUID(),
  });
  const fanOut = createFanOut({ database, homes: timelineCache, recents, fewFollowers });
  const liveHomes = createLiveHomes({ database, copies: keptCopies, logger });
  const home = homeReader({ database, cache: timelineCache, recents, deliveredUpTo: () => fanOut.position });

  return {
    name: 'timeline',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity, signal) =>
      createContext({ database, copies: keptCopies, home, liveHomes }, identity, signal),
    async start() {
      if (pushFollowerLimit !== undefined) await setPushFollowerLimit(database, pushFollowerLimit);
      const runningCopies = await eventLog.consume(copies(database));
      // Homes cannot be read before the copies are up to date, and tails that began earlier would have a whole backlog to
      // deliver: until then every read would merge it.
      await runningCopies.caughtUp();
      const follow = (group: string, tail: ChangeTail) =>
        followChanges({ group, tail, database, eventLog, copies: runningCopies, clock, logger });
      running = {
        copies: runningCopies,
        fanOut: await follow('timeline.fan-out', fanOut),
        live: await follow('timeline.live', liveHomes.tail),
      };
    },
    async stop() {
      liveHomes.endAll();
      // Those that wait for the copies end first.
      await Promise.all([running?.fanOut.stop(), running?.live.stop()]);
      await running?.copies.stop();
      await Promise.all([timelineCache.leave(), recents.leave()]);
      running = undefined;
    },
  };
}
