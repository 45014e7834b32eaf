import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

const replacePopular = statement(
  'timeline.replacePopularTweets',
  `WITH told AS (SELECT * FROM unnest($1::bigint[]) WITH ORDINALITY AS told (tweet_id, rank)),
   gone AS (DELETE FROM timeline.popular_tweets p WHERE NOT EXISTS (SELECT FROM told WHERE told.tweet_id = p.tweet_id))
   INSERT INTO timeline.popular_tweets (tweet_id, rank) SELECT tweet_id, rank FROM told
   ON CONFLICT (tweet_id) DO UPDATE SET rank = excluded.rank`,
);

/** What was told last is all that is popular. */
export async function copyPopular(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const last = only(events, 'popular-tweets.ranked.v1').at(-1);
  if (last) await transaction.query(replacePopular, [last.payload.tweetIds]);
}
