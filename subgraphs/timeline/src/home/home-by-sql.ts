import { type Queryable, statement } from '@starling/platform/postgres';
import type { Entry } from '../entry.ts';

/**
 * The yardstick: the whole home timeline as one plain statement over the copies, with joins where the product has rules in
 * pieces, caches and rounds. It shares nothing with the read path on purpose; tests and checks compare the two.
 */
const homeBySqlStatement = statement(
  'timeline.homeBySql',
  `SELECT e.id, e.kind, e.actor_id AS "actorId", e.tweet_id AS "tweetId", e.author_id AS "authorId"
   FROM (
     SELECT followee_id AS account FROM timeline.follows WHERE follower_id = $1::bigint
     UNION SELECT $1::bigint
   ) circle
   JOIN timeline.entries e ON e.actor_id = circle.account
   LEFT JOIN (
     SELECT followee_id AS account FROM timeline.follows WHERE follower_id = $1::bigint
     UNION SELECT $1::bigint
   ) answered ON answered.account = e.reply_to_author_id
   LEFT JOIN (
     SELECT blocked_id AS account FROM timeline.blocks WHERE blocker_id = $1::bigint
     UNION SELECT blocker_id FROM timeline.blocks WHERE blocked_id = $1::bigint
   ) block ON block.account = e.actor_id OR block.account = e.author_id
   LEFT JOIN (
     SELECT user_id AS account FROM timeline.protected_accounts
     EXCEPT SELECT followee_id FROM timeline.follows WHERE follower_id = $1::bigint
     EXCEPT SELECT $1::bigint
   ) closed ON closed.account = e.actor_id OR closed.account = e.author_id
   LEFT JOIN timeline.mutes of_actor ON of_actor.muter_id = $1::bigint AND of_actor.muted_id = e.actor_id
     AND (of_actor.until IS NULL OR of_actor.until > now()) AND (e.kind = 'retweet' OR NOT of_actor.only_retweets)
   LEFT JOIN timeline.mutes of_author ON of_author.muter_id = $1::bigint AND of_author.muted_id = e.author_id
     AND (of_author.until IS NULL OR of_author.until > now()) AND NOT of_author.only_retweets
   LEFT JOIN timeline.tweet_words of_tweet ON of_tweet.tweet_id = e.tweet_id
   LEFT JOIN timeline.entries quoted ON quoted.id = of_tweet.quoted_tweet_id AND NOT quoted.deleted
   LEFT JOIN timeline.tweet_words of_quoted ON of_quoted.tweet_id = quoted.id AND quoted.author_id NOT IN (
     SELECT $1::bigint
     UNION SELECT blocked_id FROM timeline.blocks WHERE blocker_id = $1::bigint
     UNION SELECT blocker_id FROM timeline.blocks WHERE blocked_id = $1::bigint
     UNION (
       SELECT user_id FROM timeline.protected_accounts
       EXCEPT SELECT followee_id FROM timeline.follows WHERE follower_id = $1::bigint
     )
   )
   LEFT JOIN timeline.muted_keywords word ON word.muter_id = $1::bigint AND (word.until IS NULL OR word.until > now())
     AND $1::bigint NOT IN (e.actor_id, e.author_id)
     AND (position(word.words IN of_tweet.words) > 0 OR position(word.words IN of_quoted.words) > 0)
   WHERE NOT e.deleted AND word.muter_id IS NULL
     AND block.account IS NULL AND closed.account IS NULL AND of_actor.muted_id IS NULL AND of_author.muted_id IS NULL
     AND (e.kind = 'retweet' OR e.reply_to_tweet_id IS NULL OR e.actor_id = $1::bigint
       OR e.reply_to_author_id = e.author_id OR answered.account IS NOT NULL)
   GROUP BY e.id
   ORDER BY e.id DESC`,
);

/** Everything that `homeTimeline` shows this viewer, newest first, to the true end. */
export async function homeBySql(database: Queryable, viewerId: string): Promise<Entry[]> {
  return database.query(homeBySqlStatement, [viewerId]);
}
