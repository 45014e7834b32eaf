import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';
import { lockChanges } from './lock-changes.ts';
import { columnsOf, entryColumns } from './new-entry.ts';

// Changes are numbered in the order of events.
const addEntries = statement(
  'timeline.addEntries',
  `INSERT INTO timeline.entries
     (id, kind, actor_id, tweet_id, author_id, reply_to_tweet_id, reply_to_author_id, has_media, deleted)
   SELECT a.id, a.kind, a.actor_id, a.tweet_id, a.author_id, a.reply_to_tweet_id, a.reply_to_author_id, a.has_media,
     a.kind = 'retweet' AND coalesce((SELECT deleted FROM timeline.entries e WHERE e.id = a.tweet_id), false)
   FROM unnest(
     $1::bigint[], $2::timeline.entry_kind[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[]
   ) WITH ORDINALITY AS a (id, kind, actor_id, tweet_id, author_id, reply_to_tweet_id, reply_to_author_id, has_media, place)
   ORDER BY a.place ON CONFLICT (id) DO NOTHING`,
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
  const added = only(events, 'tweet.posted.v1', 'tweet.retweeted.v1');
  const deleted = only(events, 'tweet.deleted.v1').map(({ payload }) => payload);
  const undone = only(events, 'tweet.retweet-undone.v1').map(({ payload }) => payload);
  if (added.length + deleted.length + undone.length === 0) return;

  await lockChanges(transaction);
  if (added.length > 0) await transaction.query(addEntries, columnsOf(added.map(entryColumns)));
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
