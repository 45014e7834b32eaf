import { type Queryable, statement } from '@starling/platform/postgres';

/**
 * A home as the authoritative tables have it, in one statement and with none of the timeline's own tables: the tweets and
 * retweets of the viewer and of whom the viewer follows, less what the rules of the home leave out.
 */
const homeStatement = statement(
  'import.authoritativeHome',
  `WITH circle (id) AS MATERIALIZED (
     SELECT followee_id FROM social_graph.follows WHERE follower_id = $1::bigint UNION SELECT $1::bigint
   ), barred (id) AS MATERIALIZED (
     SELECT blocked_id FROM social_graph.blocks WHERE blocker_id = $1::bigint
     UNION SELECT blocker_id FROM social_graph.blocks WHERE blocked_id = $1::bigint
     UNION SELECT muted_id FROM social_graph.mutes
     WHERE muter_id = $1::bigint AND NOT only_retweets AND (until IS NULL OR until > now())
   ), barred_retweeters (id) AS MATERIALIZED (
     SELECT id FROM barred
     UNION SELECT muted_id FROM social_graph.mutes
     WHERE muter_id = $1::bigint AND (until IS NULL OR until > now())
   ), keywords (words) AS (
     SELECT words FROM social_graph.muted_keywords WHERE muter_id = $1::bigint AND (until IS NULL OR until > now())
   ), entries (id, tweet_id, actor_id) AS (
     SELECT tweet.id, tweet.id, tweet.author_id
     FROM tweets.tweets AS tweet JOIN circle ON circle.id = tweet.author_id
     WHERE tweet.deleted_at IS NULL AND tweet.author_id NOT IN (SELECT id FROM barred)
       AND (tweet.reply_to_author_id IS NULL OR tweet.author_id = $1::bigint
         OR tweet.reply_to_author_id = tweet.author_id OR tweet.reply_to_author_id IN (SELECT id FROM circle))
     UNION ALL
     SELECT retweet.id, retweet.tweet_id, retweet.user_id
     FROM tweets.retweets AS retweet JOIN circle ON circle.id = retweet.user_id
     JOIN tweets.tweets AS tweet ON tweet.id = retweet.tweet_id
     WHERE tweet.deleted_at IS NULL AND tweet.author_id NOT IN (SELECT id FROM barred)
       AND retweet.user_id NOT IN (SELECT id FROM barred_retweeters)
   )
   SELECT coalesce(array_agg(tweet_id::text ORDER BY entries.id DESC), '{}') AS "tweetIds"
   FROM entries JOIN tweets.tweets AS tweet ON tweet.id = entries.tweet_id
   WHERE $1::bigint IN (entries.actor_id, tweet.author_id) OR NOT EXISTS (
     SELECT FROM keywords, tweets.tweets AS said
     WHERE strpos(said.words, keywords.words) > 0 AND said.deleted_at IS NULL AND (
       said.id = tweet.id
       OR (said.id = tweet.quoted_tweet_id AND said.author_id <> $1::bigint AND NOT EXISTS (
         SELECT FROM social_graph.blocks
         WHERE (blocker_id, blocked_id) IN (($1::bigint, said.author_id), (said.author_id, $1::bigint))))))`,
);

/** The ids of the tweets in the viewer's home, the newest entry first; a tweet is there again for each retweet. */
export async function readAuthoritativeHome(database: Queryable, viewerId: string): Promise<readonly string[]> {
  const [row] = await database.query<{ tweetIds: string[] }>(homeStatement, [viewerId]);
  return row?.tweetIds ?? [];
}
