import { randomUUID } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHotMemory } from '@starling/platform/cache';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { type Clock, every, type Following } from '@starling/platform/live';
import { makeDurable } from '@starling/platform/postgres';
import { authorRecents } from './author-recents/author-recents.ts';
import { listRecentEntries } from './author-recents/recent-entries.ts';
import { openRecentsCaches, type RecentsCaches } from './author-recents/recents-caches.ts';
import { type FollowOptions, followChanges } from './changes/follow-changes.ts';
import { createContext } from './context.ts';
import { copies } from './copies/copies.ts';
import { setPushFollowerLimit } from './copies/pull-marks.ts';
import { forgetFacts } from './facts/forget-facts.ts';
import { homeFacts } from './facts/home-facts.ts';
import { fanOut as createFanOut, FEW_FOLLOWERS } from './fan-out/fan-out.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { homeReader } from './home/home-reader.ts';
import { popularHomes } from './home/popular-homes.ts';
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
  /** Entries that are remembered of each list of a profile, at most; 200 when not given. */
  readonly profileHead?: number;
  /** When it is looked whether a wake-up by the event log was missed; when not given, every second. */
  readonly clock?: Clock;
}

const LOOK_EVERY_MS = 1_000;
/** Fan-out begins so much later than what pages wait for, which shares the machine with it. */
const HEAD_START_MS = 10;

export function createTimeline(
  parts: Pick<Parts, 'database' | 'eventLog' | 'redis'> & Partial<Pick<Parts, 'logger' | 'memory'>>,
  {
    timelineCache = parts.redis ? redisTimelineCache({ redis: parts.redis }) : inProcessTimelineCache(),
    recentsCaches = openRecentsCaches(parts.redis),
    pushFollowerLimit,
    fewFollowers = FEW_FOLLOWERS,
    profileHead,
    clock = every(LOOK_EVERY_MS),
  }: TimelineOptions = {},
): Subgraph {
  const { database, eventLog, logger, memory = createHotMemory() } = parts;
  const keptCopies = consumerToBe('The timeline');
  const factsConsumer = consumerToBe('The timeline');
  let following: readonly Following[] = [];
  const recents = authorRecents({
    ...recentsCaches,
    async readSource(authorIds, limit) {
      // When the authors were switched to pull is kept with what they did.
      await makeDurable(database);
      return listRecentEntries(database, authorIds, limit);
    },
    reader: randomUUID(),
  });
  const facts = homeFacts({ database, memory, profileHead, deliveredUpTo: () => fanOut.position });
  const readersKnow = () => factsConsumer.caughtUp();
  const fanOut = createFanOut({ database, homes: timelineCache, recents, readersKnow, fewFollowers });
  const liveHomes = createLiveHomes({ database, copies: keptCopies, logger });
  const home = homeReader({
    database,
    cache: timelineCache,
    recents,
    facts,
    deliveredUpTo: () => fanOut.position,
  });
  const homeWithPopular = popularHomes({ database, facts, home });
  const shared = { database, copies: [keptCopies, factsConsumer], facts, home, homeWithPopular, liveHomes };

  return {
    name: 'timeline',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity, signal) => createContext(shared, identity, signal),
    async start() {
      if (pushFollowerLimit !== undefined) await setPushFollowerLimit(parts, pushFollowerLimit);
      await keptCopies.start(eventLog.consume(copies(database)));
      // Homes cannot be read before the copies are up to date, and tails that began earlier would have a whole backlog to
      // deliver: until then every read would merge it.
      await keptCopies.caughtUp();
      await factsConsumer.start(eventLog.consume(forgetFacts(facts, keptCopies)));
      // What was remembered before it began may have changed unheard.
      facts.clear();
      const follow = (options: Pick<FollowOptions, 'group' | 'tail' | 'headStartMs'>) =>
        followChanges({ ...options, database, eventLog, copies: keptCopies, clock, logger });
      following = [
        await follow({ group: 'timeline.fan-out', tail: fanOut, headStartMs: HEAD_START_MS }),
        await follow({ group: 'timeline.live', tail: liveHomes.tail }),
      ];
    },
    async stop() {
      liveHomes.endAll();
      // Those that wait for the copies end first.
      await Promise.all(following.map((one) => one.stop()));
      following = [];
      await factsConsumer.stop();
      await keptCopies.stop();
      await Promise.all([timelineCache.leave(), recents.leave()]);
    },
  };
}
