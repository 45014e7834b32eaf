import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RunningConsumer } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { accountFinder } from './account-finder.ts';
import { copies } from './consumers/copies.ts';
import { eraseEngagementOfDeleted } from './consumers/erase-engagement.ts';
import { forgetTweets } from './consumers/forget-tweets.ts';
import { tweetCounts } from './consumers/tweet-counts.ts';
import { createContext } from './context.ts';
import { createCountReader } from './count-reader.ts';
import { createCountWatch } from './count-watch.ts';
import { createEngagements } from './engagements.ts';
import { findWords } from './find-words.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { DEFAULT_MAX_WEIGHTED_LENGTH } from './text/parse-tweet-text.ts';
import { createTweetReader } from './tweet-reader.ts';
import { createViewRecorder } from './views.ts';

export interface TweetsOptions {
  /** Weighted characters that a tweet has at most; 280 when not given. */
  readonly maxWeightedLength?: number | undefined;
  /** Milliseconds between two looks at some counts, whether they are right; ten seconds when not given. */
  readonly watchCountsEveryMs?: number | undefined;
}

/** A consumer that can be asked before it runs; it then refuses. */
function consumerToBe() {
  let running: RunningConsumer | undefined;
  return {
    async caughtUp() {
      if (!running) throw new Error('The tweets have not been started.');
      await running.caughtUp();
    },
    async start(begin: Promise<RunningConsumer>) {
      running = await begin;
    },
    async stop() {
      await running?.stop();
    },
  };
}

export function createTweets(
  parts: Pick<Parts, 'database' | 'eventLog' | 'snowflakes' | 'entityCache'> & Partial<Pick<Parts, 'logger'>>,
  { maxWeightedLength = DEFAULT_MAX_WEIGHTED_LENGTH, watchCountsEveryMs }: TweetsOptions = {},
): Subgraph {
  const { database, eventLog, snowflakes, entityCache, logger } = parts;
  const reader = createTweetReader(database, entityCache);
  const consumers = {
    copies: consumerToBe(),
    cache: consumerToBe(),
    counts: consumerToBe(),
    erasure: consumerToBe(),
  };
  const countWatch = createCountWatch(database, consumers.counts, { everyMs: watchCountsEveryMs, logger });
  const views = createViewRecorder(database, { logger });
  const shared = {
    commands: {
      database,
      eventLog,
      snowflakes,
      copies: consumers.copies,
      engagements: createEngagements(database, eventLog),
      views,
      findAccounts: accountFinder(database),
      maxWeightedLength,
    },
    reader,
    countReader: createCountReader(database, consumers.counts),
    copies: [consumers.copies, consumers.cache],
  };

  return {
    name: 'tweets',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    createContext: (identity) => createContext(shared, identity),
    async start() {
      await consumers.copies.start(eventLog.consume(copies(database)));
      await consumers.cache.start(eventLog.consume(forgetTweets(reader)));
      await consumers.counts.start(eventLog.consume(tweetCounts(database)));
      await consumers.erasure.start(eventLog.consume(eraseEngagementOfDeleted(database)));
      await findWords(database, eventLog);
      countWatch.start();
    },
    measure: (registry) => countWatch.measure(registry),
    async stop() {
      await countWatch.stop();
      await views.stop();
      await Promise.all(Object.values(consumers).map((consumer) => consumer.stop()));
    },
  };
}
