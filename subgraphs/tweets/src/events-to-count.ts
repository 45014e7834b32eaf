import { tweetBookmarked, tweetLiked, tweetPosted } from './events.ts';

/** The consumer that adds events to the counts. */
export const COUNTS_GROUP = 'tweets.counts';

/** Whatever is counted happens there. */
export const COUNTED_TOPICS = [tweetPosted.topic, tweetLiked.topic, tweetBookmarked.topic] as const;

/** A statement looks at so many events that are not counted yet, at most; who is told that there are more has them counted first. */
const MOST_TO_COUNT = 4_000;

const topics = COUNTED_TOPICS.map((topic) => `'${topic}'`).join(', ');

/** Beginning of a statement: `events`, which are committed and have still to be counted, and `progress`, whether these are all. */
export const WITH_EVENTS = `WITH all_events AS MATERIALIZED (
     SELECT * FROM platform.events_to_come('${COUNTS_GROUP}', ARRAY[${topics}], ${MOST_TO_COUNT + 1})
   ), events AS (
     SELECT name, key, payload FROM all_events WHERE NOT handled
   ), progress AS (
     SELECT count(*) > ${MOST_TO_COUNT} AS is_behind FROM all_events
   )`;

const plusMinus = (plus: string, minus: string) => `(name = '${plus}')::int - (name = '${minus}')::int`;
const COUNTER_NAMES = ['likes', 'retweets', 'replies', 'quotes', 'bookmarks'] as const;
const POSTED = plusMinus('tweet.posted.v1', 'tweet.deleted.v1');

/** Columns of a change: `by` in one counter and nothing in the others. */
const only = (by: Partial<Record<(typeof COUNTER_NAMES)[number], string>>) =>
  COUNTER_NAMES.map((counter) => `${by[counter] ?? '0'} AS ${counter}`).join(', ');

const engagement = only({
  likes: plusMinus('tweet.liked.v1', 'tweet.unliked.v1'),
  retweets: plusMinus('tweet.retweeted.v1', 'tweet.retweet-undone.v1'),
  bookmarks: plusMinus('tweet.bookmarked.v1', 'tweet.bookmark-removed.v1'),
});

/**
 * Part of a statement after `WITH_EVENTS`: `to_add`, what the events add to the counts of the tweets whose ids are `ids`;
 * nothing when these are not all events.
 */
export const tweetsToAdd = (ids: string): string => `to_add AS (
     SELECT tweet_id, ${COUNTER_NAMES.map((counter) => `sum(${counter})::int AS ${counter}`).join(', ')}
     FROM (
       SELECT key::bigint AS tweet_id, ${engagement} FROM events WHERE name NOT IN ('tweet.posted.v1', 'tweet.deleted.v1')
       UNION ALL
       SELECT (payload->>'replyToTweetId')::bigint, ${only({ replies: POSTED })} FROM events
       WHERE payload->>'replyToTweetId' IS NOT NULL AND name IN ('tweet.posted.v1', 'tweet.deleted.v1')
       UNION ALL
       SELECT (payload->>'quotedTweetId')::bigint, ${only({ quotes: POSTED })} FROM events
       WHERE payload->>'quotedTweetId' IS NOT NULL AND name IN ('tweet.posted.v1', 'tweet.deleted.v1')
     ) AS change
     WHERE tweet_id = ANY(${ids}) AND NOT (SELECT is_behind FROM progress) GROUP BY tweet_id
   )`;

/** The same of authors: `to_add` has `user_id` and `tweets`. */
export const authorsToAdd = (ids: string): string => `to_add AS (
     SELECT (payload->>'authorId')::bigint AS user_id, sum(${POSTED})::int AS tweets FROM events
     WHERE name IN ('tweet.posted.v1', 'tweet.deleted.v1') AND (payload->>'authorId')::bigint = ANY(${ids})
       AND NOT (SELECT is_behind FROM progress)
     GROUP BY user_id
   )`;
