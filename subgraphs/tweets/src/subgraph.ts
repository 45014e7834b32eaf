import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RunningConsumer } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { openAbuseCheck } from './abuse/abuse-check.ts';
import { type AbuseRules, DEFAULT_RULES } from './abuse/rules.ts';
import { accountFinder } from './account-finder.ts';
import { copies } from './consumers/copies.ts';
import { eraseEngagementOfDeleted } from './consumers/erase-engagement.ts';
import { forgetTweets } from './consumers/forget-tweets.ts';
import { tweetCounts } from './consumers/tweet-counts.ts';
import { createContext } from './context.ts';
import { createCountReader } from './count-reader.ts';
import { findWords } from './find-words.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { measureHeldTweets } from './held-tweets.ts';
import { DEFAULT_MAX_WEIGHTED_LENGTH } from './text/parse-tweet-text.ts';
import { createTweetReader } from './tweet-reader.ts';

export interface TweetsOptions {
  /** Weighted characters that a tweet has at most; 280 when not given. */
  readonly maxWeightedLength?: number | undefined;
  /** What the abuse check holds new tweets to; its own table when not given. */
  readonly abuseRules?: AbuseRules | 'off' | undefined;
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
  parts: Pick<Parts, 'database' | 'eventLog' | 'snowflakes' | 'entityCache' | 'redis'>,
  { maxWeightedLength = DEFAULT_MAX_WEIGHTED_LENGTH, abuseRules = DEFAULT_RULES }: TweetsOptions = {},
): Subgraph {
  const { database, eventLog, snowflakes, entityCache, redis } = parts;
  const abuse = abuseRules === 'off' ? undefined : openAbuseCheck(abuseRules, redis);
  const reader = createTweetReader(database, entityCache);
  const consumers = {
    copies: consumerToBe(),
    cache: consumerToBe(),
    counts: consumerToBe(),
    erasure: consumerToBe(),
  };
  const shared = {
    commands: {
      database,
      eventLog,
      snowflakes,
      copies: consumers.copies,
      findAccounts: accountFinder(database),
      abuse,
      maxWeightedLength,
    },
    reader,
    countReader: createCountReader(database),
    copies: [consumers.copies, consumers.cache],
    counts: consumers.counts,
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
    },
    measure(registry) {
      abuse?.measure(registry);
      measureHeldTweets(registry, database);
    },
    async stop() {
      await Promise.all(Object.values(consumers).map((consumer) => consumer.stop()));
    },
  };
}
