import { BASE } from './count-state-store.ts';
import { COUNTERS, type Counter } from './counters.ts';
import { tweetBookmarked, tweetLiked, tweetPosted } from './events.ts';

/** The consumer that adds events to the counts. */
export const COUNTS_GROUP = 'tweets.counts';

/** Whatever is counted happens there. */
export const COUNTED_TOPICS = [tweetPosted.topic, tweetLiked.topic, tweetBookmarked.topic] as const;

/** A statement looks at so many events that are not counted yet, at most; who is told that there are more has them counted first. */
export const MOST_TO_COUNT = 4_000;

const topics = COUNTED_TOPICS.map((topic) => `'${topic}'`).join(', ');

/** How many events a statement about the order of something looks at: once there are more, they are written into the rows first. */
export const MOST_TO_ORDER = 1_000;

const eventsSince = (since: string, most: number) =>
  `platform.events_since('${COUNTS_GROUP}', ARRAY[${topics}], ${since}, ${most + 1})`;

/** What the folder reads: the events of the topics that are not visible in the snapshot, up to one more than it takes. */
export const eventsToSum = (since: string): string => eventsSince(since, MOST_TO_COUNT);

const eventsOf = (source: string, most: number, unless = '') => `all_events AS MATERIALIZED (
     SELECT * FROM ${source}
   ), events AS (
     SELECT DISTINCT ON (id) id, name, key, payload FROM all_events WHERE NOT handled${unless}
   ), progress AS (
     SELECT count(*) > ${most} AS is_behind FROM all_events
   )`;

/** Beginning of a statement: `events`, which are committed and have still to be counted, and `progress`, whether these are all. */
export const withEvents = (most = MOST_TO_COUNT): string => `WITH ${eventsOf(eventsSince('NULL', most), most)}`;

/**
 * The same for somebody who has the sums of what is visible in a snapshot, of the state `base` of the rows. Where that is the
 * state still, as `state` tells, `events` are those beyond the snapshot, without those whose ids are `known` to be in the sums;
 * otherwise all that have still to be counted. The three are expressions.
 */
export const withEventsBeyond = (base: string, snapshot: string, known: string): string => `WITH state AS (
     SELECT coalesce((SELECT ${BASE} = ${base} FROM tweets.counts_written), false) AS is_same
   ), ${eventsOf(
     eventsSince(`CASE WHEN (SELECT is_same FROM state) THEN ${snapshot}::pg_snapshot END`, MOST_TO_COUNT),
     MOST_TO_COUNT,
     ` AND NOT ((SELECT is_same FROM state) AND id = ANY(${known}::uuid[]))`,
   )}`;

const plusMinus = (plus: string, minus: string) => `(name = '${plus}')::int - (name = '${minus}')::int`;
const POSTED = plusMinus('tweet.posted.v1', 'tweet.deleted.v1');

/** Columns of a change: `by` in one counter and nothing in the others. */
const only = (by: Partial<Record<Counter, string>>) =>
  COUNTERS.map((counter) => `${by[counter] ?? '0'} AS ${counter}`).join(', ');

const engagement = only({
  likes: plusMinus('tweet.liked.v1', 'tweet.unliked.v1'),
  retweets: plusMinus('tweet.retweeted.v1', 'tweet.retweet-undone.v1'),
  bookmarks: plusMinus('tweet.bookmarked.v1', 'tweet.bookmark-removed.v1'),
});

/**
 * Part of a statement after `withEvents`: `to_add`, what the events add to the counts of the tweets whose ids are `ids`, and
 * the ids of these events; nothing when these are not all events.
 */
export const tweetsToAdd = (ids: string): string => `to_add AS (
     SELECT tweet_id, array_agg(id) AS event_ids,
       ${COUNTERS.map((counter) => `sum(${counter})::int AS ${counter}`).join(', ')}
     FROM (
       SELECT id, key::bigint AS tweet_id, ${engagement} FROM events WHERE name NOT IN ('tweet.posted.v1', 'tweet.deleted.v1')
       UNION ALL
       SELECT id, (payload->>'replyToTweetId')::bigint, ${only({ replies: POSTED })} FROM events
       WHERE payload->>'replyToTweetId' IS NOT NULL AND name IN ('tweet.posted.v1', 'tweet.deleted.v1')
       UNION ALL
       SELECT id, (payload->>'quotedTweetId')::bigint, ${only({ quotes: POSTED })} FROM events
       WHERE payload->>'quotedTweetId' IS NOT NULL AND name IN ('tweet.posted.v1', 'tweet.deleted.v1')
     ) AS change
     WHERE tweet_id = ANY(${ids}) AND NOT (SELECT is_behind FROM progress) GROUP BY tweet_id
   )`;

/** The same of authors: `to_add` has `user_id` and `tweets`. */
export const authorsToAdd = (ids: string): string => `to_add AS (
     SELECT (payload->>'authorId')::bigint AS user_id, array_agg(id) AS event_ids, sum(${POSTED})::int AS tweets FROM events
     WHERE name IN ('tweet.posted.v1', 'tweet.deleted.v1') AND (payload->>'authorId')::bigint = ANY(${ids})
       AND NOT (SELECT is_behind FROM progress)
     GROUP BY user_id
   )`;
