import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

// Deletion wins, whatever comes first. A tweet that says nothing and quotes nothing is not worth a row.
const addWords = statement(
  'timeline.addTweetWords',
  `INSERT INTO timeline.tweet_words (tweet_id, quoted_tweet_id, words)
   SELECT tweet_id, quoted_tweet_id, words
   FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS found (tweet_id, quoted_tweet_id, words)
   WHERE (words <> '' OR quoted_tweet_id IS NOT NULL)
     AND (SELECT deleted FROM timeline.entries e WHERE e.id = found.tweet_id) IS NOT true
   ON CONFLICT (tweet_id) DO UPDATE SET quoted_tweet_id = excluded.quoted_tweet_id, words = excluded.words`,
);

const removeWords = statement(
  'timeline.removeTweetWords',
  'DELETE FROM timeline.tweet_words WHERE tweet_id = ANY($1::bigint[])',
);

const setKeywords = statement(
  'timeline.setMutedKeywords',
  `INSERT INTO timeline.muted_keywords (muter_id, keyword_id, words, until)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
   ON CONFLICT (muter_id, keyword_id) DO UPDATE SET words = excluded.words, until = excluded.until`,
);

const removeKeywords = statement(
  'timeline.removeMutedKeywords',
  `DELETE FROM timeline.muted_keywords k USING unnest($1::bigint[], $2::bigint[]) AS gone (muter_id, keyword_id)
   WHERE k.muter_id = gone.muter_id AND k.keyword_id = gone.keyword_id`,
);

/** What tweets say; those of an earlier time are told afterwards. For who copies entries after this. */
export async function copyWords(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const told = only(events, 'tweet.posted.v1', 'tweet.words-found.v1').map(({ payload }) => payload);
  const last = new Map(
    told.flatMap(({ tweetId, quotedTweetId, words }) =>
      words === undefined ? [] : [[tweetId, { tweetId, quotedTweetId, words }]],
    ),
  );
  const found = [...last.values()];
  if (found.length > 0) {
    await transaction.query(addWords, [
      found.map(({ tweetId }) => tweetId),
      found.map(({ quotedTweetId }) => quotedTweetId),
      found.map(({ words }) => words),
    ]);
  }
  const deleted = only(events, 'tweet.deleted.v1').map(({ payload }) => payload.tweetId);
  if (deleted.length > 0) await transaction.query(removeWords, [deleted]);
}

/** Which phrases are muted: what the last event of each says. */
export async function copyKeywords(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const last = new Map(
    only(events, 'keyword.muted.v1', 'keyword.unmuted.v1').map((event) => [event.payload.mutedKeywordId, event]),
  );
  const muted = only([...last.values()], 'keyword.muted.v1').map(({ payload }) => payload);
  const unmuted = only([...last.values()], 'keyword.unmuted.v1').map(({ payload }) => payload);
  const keys = (of: readonly { readonly muterId: string; readonly mutedKeywordId: string }[]) => [
    of.map(({ muterId }) => muterId),
    of.map(({ mutedKeywordId }) => mutedKeywordId),
  ];
  if (muted.length > 0) {
    await transaction.query(setKeywords, [
      ...keys(muted),
      muted.map(({ words }) => words),
      muted.map(({ until }) => until),
    ]);
  }
  if (unmuted.length > 0) await transaction.query(removeKeywords, keys(unmuted));
}
