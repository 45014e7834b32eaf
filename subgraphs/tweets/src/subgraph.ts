import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHotMemory } from '@starling/platform/cache';
import { consumerToBe } from '@starling/platform/event-log';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { backgroundHere } from '@starling/platform/lifecycle';
import type { Clock } from '@starling/platform/live';
import { openAbuseCheck } from './abuse/abuse-check.ts';
import { type AbuseRules, DEFAULT_RULES } from './abuse/rules.ts';
import { accountFinder } from './account-finder.ts';
import { createAnswerReader } from './answer-reader.ts';
import { conversationChanges } from './consumers/conversation-changes.ts';
import { copies } from './consumers/copies.ts';
import { eraseEngagementOfDeleted } from './consumers/erase-engagement.ts';
import { forgetEngagement } from './consumers/forget-engagement.ts';
import { forgetRelations } from './consumers/forget-relations.ts';
import { forgetTweets } from './consumers/forget-tweets.ts';
import { tweetCounts } from './consumers/tweet-counts.ts';
import { createContext } from './context.ts';
import { createCountReader } from './count-reader.ts';
import { createCountWatch } from './count-watch.ts';
import { createEngagementReader } from './engagement-reader.ts';
import { createEngagements } from './engagements.ts';
import { findWords } from './find-words.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { measureHeldTweets } from './held-tweets.ts';
import { streamsOfTweets } from './live/streams-of-tweets.ts';
import { createPinReader } from './pin-reader.ts';
import { popularRanking } from './popular-ranking.ts';
import { createRelationReader } from './relation-reader.ts';
import { sameForAll } from './same-for-all.ts';
import { createFolder } from './sums/folder.ts';
import { redisSums } from './sums/redis-sums.ts';
import { DEFAULT_MAX_WEIGHTED_LENGTH } from './text/parse-tweet-text.ts';
import { createTweetReader } from './tweet-reader.ts';
import { createViewLimit } from './view-limit.ts';
import { createViewRecorder } from './views.ts';

export interface TweetsOptions {
  /** Weighted characters that a tweet has at most; 280 when not given. */
  readonly maxWeightedLength?: number | undefined;
  /** Milliseconds between two looks at some counts, whether they are right; ten seconds when not given. */
  readonly watchCountsEveryMs?: number | undefined;
  /** What the abuse check holds new tweets to; its own table when not given. */
  readonly abuseRules?: AbuseRules | 'off' | undefined;
  /** Answers to one tweet that are remembered, at most; 200 when not given. */
  readonly rememberedAnswers?: number | undefined;
  /** When changes of conversations are looked for that no event told of; every second when not given. */
  readonly clock?: Clock | undefined;
  /** When it is told anew what is popular; every minute when not given. */
  readonly popularClock?: Clock | undefined;
  /** Tweets of which an account may tell this process in a minute that it looked at them; 1,000 when not given. */
  readonly viewsPerMinute?: number | undefined;
}

/** The subgraph, and what tests need besides. */
export interface Tweets extends Subgraph {
  /** Tells what is popular at this moment, and waits for that. */
  rankPopular(): Promise<void>;
}

export function createTweets(
  parts: Pick<Parts, 'database' | 'eventLog' | 'snowflakes' | 'entityCache' | 'redis'> &
    Partial<Pick<Parts, 'background' | 'memory' | 'logger'>>,
  {
    maxWeightedLength = DEFAULT_MAX_WEIGHTED_LENGTH,
    watchCountsEveryMs,
    abuseRules = DEFAULT_RULES,
    rememberedAnswers,
    clock,
    popularClock,
    viewsPerMinute,
  }: TweetsOptions = {},
): Tweets {
  const { database, eventLog, snowflakes, entityCache, redis, logger } = parts;
  const { background = backgroundHere, memory = createHotMemory() } = parts;
  const abuse = abuseRules === 'off' ? undefined : openAbuseCheck(abuseRules, redis);
  const reader = createTweetReader(database, entityCache, memory);
  const engagementReader = createEngagementReader(database, memory);
  const relationReader = createRelationReader({ database, memory });
  const pinReader = createPinReader(database, memory);
  const consumers = {
    copies: consumerToBe('The tweets'),
    cache: consumerToBe('The tweets'),
    relationsCache: consumerToBe('The tweets'),
    engagementCache: consumerToBe('The tweets'),
    counts: consumerToBe('The tweets'),
    erasure: consumerToBe('The tweets'),
    conversations: consumerToBe('The tweets'),
  };
  const sums = redis && redisSums(redis);
  const countReader = createCountReader(database, consumers.counts, memory, sums);
  const folder = sums && createFolder({ database, sums, counts: consumers.counts, logger });
  const answerReader = createAnswerReader({
    database,
    memory,
    countReader,
    tweets: reader,
    head: rememberedAnswers,
  });
  const countWatch = createCountWatch(
    { database, eventLog, counts: consumers.counts },
    { everyMs: watchCountsEveryMs, logger },
  );
  const ranking = popularRanking({ database, eventLog, clock: popularClock, logger });
  const live = streamsOfTweets({
    database,
    eventLog,
    reader,
    countReader,
    relationReader,
    copies: [consumers.copies, consumers.cache, consumers.relationsCache],
    counts: consumers.engagementCache,
    conversations: consumers.conversations,
    clock,
    logger,
  });
  const views = createViewRecorder(database, { logger });
  const shared = {
    live,
    commands: {
      database,
      eventLog,
      snowflakes,
      copies: consumers.copies,
      engagements: createEngagements(database, eventLog),
      views,
      viewLimit: createViewLimit({ most: viewsPerMinute }),
      findAccounts: accountFinder(database),
      abuse,
      maxWeightedLength,
    },
    readers: { database, reader, countReader, answerReader, pinReader, engagementReader, relationReader },
    copies: [consumers.copies, consumers.cache, consumers.relationsCache],
    counts: [consumers.engagementCache],
  };

  return {
    name: 'tweets',
    // The generated type says more of each resolver than Apollo's can hold.
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    sameForAll,
    createContext: (identity, signal) => createContext(shared, identity, signal),
    rankPopular: () => ranking.run(),
    async start() {
      await consumers.copies.start(eventLog.consume(copies(database)));
      await consumers.cache.start(eventLog.consume(forgetTweets(reader, live.heard)));
      await consumers.counts.start(eventLog.consume(tweetCounts(database)));
      await consumers.relationsCache.start(eventLog.consume(forgetRelations(relationReader, consumers.copies)));
      const onChanged = (tweetIds: Iterable<string>) => {
        live.heard(tweetIds);
        folder?.wake();
      };
      const told = { onChanged, onAllChanged: live.heardOfAll };
      const engagement = forgetEngagement({ countReader, engagementReader, pinReader, answerReader, ...told });
      await consumers.engagementCache.start(eventLog.consume(engagement));
      await consumers.erasure.start(eventLog.consume(eraseEngagementOfDeleted(database)));
      await consumers.conversations.start(eventLog.consume(conversationChanges(database)));
      // What was remembered before they began may have changed unheard.
      memory.clear();
      await findWords(database, eventLog);
      await live.start();
      background.begin(countWatch);
      background.begin({
        start() {
          ranking.start();
          ranking.wake();
        },
      });
    },
    measure(registry) {
      countWatch.measure(registry);
      abuse?.measure(registry);
      measureHeldTweets(registry, database);
    },
    async stop() {
      // What waits for consumers ends first.
      await live.stop();
      await Promise.all([countWatch.stop(), ranking.stop()]);
      await views.stop();
      await folder?.stop();
      await Promise.all(Object.values(consumers).map((consumer) => consumer.stop()));
    },
  };
}
