import type { KnownEvent } from '../events.ts';

/** A tweet or a retweet that is new, as its event tells it. */
export type NewEntry = KnownEvent<'tweet.posted.v1'> | KnownEvent<'tweet.retweeted.v1'>;

export function entryIdOf({ name, payload }: NewEntry): string {
  return name === 'tweet.posted.v1' ? payload.tweetId : payload.retweetId;
}

/** Its id, kind, actor, tweet, the tweet's author, the tweet and the author that it answers, and whether it has media. */
export function entryColumns({ name, payload }: NewEntry): readonly unknown[] {
  const { tweetId, authorId } = payload;
  if (name === 'tweet.retweeted.v1') {
    return [payload.retweetId, 'retweet', payload.retweeterId, tweetId, authorId, null, null, false];
  }
  const { replyToTweetId, replyToAuthorId, hasMedia } = payload;
  return [tweetId, 'tweet', authorId, tweetId, authorId, replyToTweetId, replyToAuthorId, hasMedia];
}

/** Rows as PostgreSQL's `unnest` takes them: an array for each column. */
export function columnsOf(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}
