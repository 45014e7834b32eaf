import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';
import { lockChanges } from './lock-changes.ts';

const addTweets = statement(
  'timeline.addTweets',
  `INSERT INTO timeline.entries (id, kind, actor_id, tweet_id, author_id, reply_to_tweet_id, reply_to_author_id, has_media)
   SELECT id, 'tweet', author_id, id, author_id, reply_to_tweet_id, reply_to_author_id, has_media
   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[])
     AS posted (id, author_id, reply_to_tweet_id, reply_to_author_id, has_media)
   ON CONFLICT (id) DO NOTHING`,
);

const addRetweets = statement(
  'timeline.addRetweets',
  `INSERT INTO timeline.entries (id, kind, actor_id, tweet_id, author_id, deleted)
   SELECT retweeted.id, 'retweet', retweeter_id, retweeted.tweet_id, retweeted.author_id, coalesce(tweet.deleted, false)
   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
     AS retweeted (id, retweeter_id, tweet_id, author_id)
   LEFT JOIN timeline.entries tweet ON tweet.id = retweeted.tweet_id
   ON CONFLICT (id) DO NOTHING`,
);

const addTombstones = statement(
  'timeline.addTombstones',
  `INSERT INTO timeline.entries (id, kind, actor_id, tweet_id, author_id, deleted)
   SELECT id, kind, actor_id, tweet_id, author_id, true
   FROM unnest($1::bigint[], $2::timeline.entry_kind[], $3::bigint[], $4::bigint[], $5::bigint[])
     AS gone (id, kind, actor_id, tweet_id, author_id)
   ON CONFLICT (id) DO NOTHING`,
);

const markTweetsDeleted = statement(
  'timeline.markTweetsDeleted',
  `UPDATE timeline.entries SET deleted = true, change = nextval('timeline.entry_changes')
   WHERE tweet_id = ANY($1::bigint[]) AND NOT deleted`,
);

const markRetweetsUndone = statement(
  'timeline.markRetweetsUndone',
  `UPDATE timeline.entries SET deleted = true, change = nextval('timeline.entry_changes')
   WHERE id = ANY($1::bigint[]) AND NOT deleted`,
);

/**
 * Deletions come last: an id is never used again, so a deletion wins over every creation in the batch, before it (the row
 * is marked) and after it (the tombstone is there, and retweets of a deleted tweet are born deleted).
 */
export async function copyEntries(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const posted = only(events, 'tweet.posted.v1').map(({ payload }) => payload);
  const retweeted = only(events, 'tweet.retweeted.v1').map(({ payload }) => payload);
  const deleted = only(events, 'tweet.deleted.v1').map(({ payload }) => payload);
  const undone = only(events, 'tweet.retweet-undone.v1').map(({ payload }) => payload);
  if (posted.length + retweeted.length + deleted.length + undone.length === 0) return;

  await lockChanges(transaction);
  if (posted.length > 0) {
    await transaction.query(addTweets, [
      posted.map(({ tweetId }) => tweetId),
      posted.map(({ authorId }) => authorId),
      posted.map(({ replyToTweetId }) => replyToTweetId),
      posted.map(({ replyToAuthorId }) => replyToAuthorId),
      posted.map(({ hasMedia }) => hasMedia),
    ]);
  }
  if (retweeted.length > 0) {
    await transaction.query(addRetweets, [
      retweeted.map(({ retweetId }) => retweetId),
      retweeted.map(({ retweeterId }) => retweeterId),
      retweeted.map(({ tweetId }) => tweetId),
      retweeted.map(({ authorId }) => authorId),
    ]);
  }
  if (deleted.length > 0) {
    const ids = deleted.map(({ tweetId }) => tweetId);
    const authors = deleted.map(({ authorId }) => authorId);
    await transaction.query(addTombstones, [ids, ids.map(() => 'tweet'), authors, ids, authors]);
    await transaction.query(markTweetsDeleted, [ids]);
  }
  if (undone.length > 0) {
    const ids = undone.map(({ retweetId }) => retweetId);
    await transaction.query(addTombstones, [
      ids,
      ids.map(() => 'retweet'),
      undone.map(({ retweeterId }) => retweeterId),
      undone.map(({ tweetId }) => tweetId),
      undone.map(({ authorId }) => authorId),
    ]);
    await transaction.query(markRetweetsUndone, [ids]);
  }
}
