import type { EventLog } from '@starling/platform/event-log';
import { type Clock, every, type Woken, woken } from '@starling/platform/live';
import { type Database, statement } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { popularRanked } from './events.ts';
import { popularFor, WINDOWS } from './popular-store.ts';

/** Tweets that are told of. */
const TOLD = 200;
const RANK_EVERY_MS = 60_000;

const rememberTold = statement(
  'tweets.rememberToldPopular',
  'UPDATE tweets.told_popular SET tweet_ids = $1::bigint[] WHERE tweet_ids <> $1::bigint[] RETURNING true AS changed',
);

export interface PopularRankingParts {
  readonly database: Database;
  readonly eventLog: Pick<EventLog, 'append'>;
  /** When it is ranked anew, besides at the start; every minute when not given. */
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

/**
 * Tells the most popular tweets of the last day, whoever may see them, whenever they or their order are others than those told
 * last.
 */
export function popularRanking({
  database,
  eventLog,
  clock = every(RANK_EVERY_MS),
  logger,
}: PopularRankingParts): Woken {
  const listPopular = popularFor(null);
  const ofTheDay = [{ ownerId: String(WINDOWS.DAY), after: undefined, before: undefined }];
  return woken({
    async work() {
      const [entries = []] = await listPopular(database, ofTheDay, 'forward', TOLD);
      const tweetIds = entries.map(({ tweetId }) => tweetId);
      await database.transaction(async (transaction) => {
        const [told] = await transaction.query(rememberTold, [tweetIds]);
        if (told) await eventLog.append(transaction, [popularRanked(tweetIds)]);
      });
    },
    onFailure: (error) => logger?.warn({ err: error }, 'what is popular could not be ranked and will be later'),
    clock,
  });
}
