import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

// Of a tweet that was deleted first nothing more is kept.
const addTweets = statement(
  'notifications.addTweets',
  `INSERT INTO notifications.tweets (id, author_id, quoted_tweet_id, words)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[])
   ON CONFLICT (id) DO NOTHING`,
);

// They are told of a tweet that was posted before there were words, so that it is known.
const setWords = statement(
  'notifications.setTweetWords',
  `UPDATE notifications.tweets t SET words = found.words
   FROM unnest($1::bigint[], $2::text[]) AS found (id, words)
   WHERE t.id = found.id AND NOT t.deleted`,
);

const deleteTweets = statement(
  'notifications.deleteTweets',
  `INSERT INTO notifications.tweets (id, author_id, deleted)
   SELECT id, author_id, true FROM unnest($1::bigint[], $2::bigint[]) AS gone (id, author_id)
   ON CONFLICT (id) DO UPDATE SET deleted = true, words = '', quoted_tweet_id = NULL`,
);

/** Whose the tweets are and what they say. Deletions come last: an id is never used again. */
export async function copyTweets(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const posted = only(events, 'tweet.posted.v1').map(({ payload }) => payload);
  const found = new Map(
    only(events, 'tweet.words-found.v1').map(({ payload: { tweetId, words } }) => [tweetId, words]),
  );
  const deleted = new Map(
    only(events, 'tweet.deleted.v1').map(({ payload: { tweetId, authorId } }) => [tweetId, authorId]),
  );
  if (posted.length > 0) {
    await transaction.query(addTweets, [
      posted.map(({ tweetId }) => tweetId),
      posted.map(({ authorId }) => authorId),
      posted.map(({ quotedTweetId }) => quotedTweetId),
      posted.map(({ words = '' }) => words),
    ]);
  }
  if (found.size > 0) await transaction.query(setWords, [[...found.keys()], [...found.values()]]);
  if (deleted.size > 0) await transaction.query(deleteTweets, [[...deleted.keys()], [...deleted.values()]]);
}
