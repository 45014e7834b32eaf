import { type Queryable, statement } from '@starling/platform/postgres';

/** An account that is suggested to the viewer; the larger score stands first, and of equals the larger id. */
export interface Suggestion {
  readonly userId: string;
  readonly score: string;
}

/** Of each of so many accounts that the viewer followed last, so many that it followed last are looked at. */
const FRIENDS = 100;
const FOLLOWED_BY_EACH = 200;

/** So many of those that most friends follow are ranked, and after them so many of the largest accounts of all. */
const MOST_SHARED = 500;
const LARGEST = 500;

/** An account's size counts less than one friend more only among the largest accounts of all, whom no friend follows. */
const SCORE = '100 * candidate.friends * (1 + magnitude) + magnitude';

// Whoever is followed already is left out before the ranking is cut, for friends follow much the same accounts. The other
// reasons not to suggest somebody are asked of the ranked ones in turn, until the page is full: `OFFSET 0` lets nobody ask earlier.
// Friends' own lists are theirs to show, and they show them to the viewer, who follows them.
const listSuggestionsStatement = statement(
  'social-graph.listSuggestions',
  `WITH followed AS MATERIALIZED (SELECT followee_id FROM social_graph.follows WHERE follower_id = $1::bigint),
   friends AS MATERIALIZED (
     SELECT followee_id AS id FROM social_graph.follows WHERE follower_id = $1::bigint
     ORDER BY position DESC LIMIT ${FRIENDS}
   ), shared AS (
     SELECT theirs.followee_id AS id, count(*) AS friends
     FROM friends CROSS JOIN LATERAL (
       SELECT followee_id FROM social_graph.follows WHERE follower_id = friends.id
       ORDER BY position DESC LIMIT ${FOLLOWED_BY_EACH}
     ) AS theirs
     WHERE theirs.followee_id NOT IN (SELECT followee_id FROM followed)
     GROUP BY theirs.followee_id ORDER BY count(*) DESC, theirs.followee_id DESC LIMIT ${MOST_SHARED}
   ), largest AS (
     SELECT user_id AS id FROM social_graph.counts WHERE magnitude > 0
     ORDER BY magnitude DESC, user_id DESC LIMIT ${LARGEST}
   ), candidates AS (
     SELECT id, sum(friends) AS friends FROM (
       SELECT id, friends FROM shared
       UNION ALL SELECT id, 0 FROM largest WHERE id NOT IN (SELECT followee_id FROM followed)
     ) AS both_kinds GROUP BY id
   ), ranked AS (
     SELECT candidate.id, (${SCORE})::bigint AS score FROM candidates AS candidate
     CROSS JOIN LATERAL (
       SELECT coalesce((SELECT magnitude FROM social_graph.counts WHERE user_id = candidate.id), 0) AS magnitude
     ) AS size
   )
   SELECT id AS "userId", score FROM (
     SELECT id, score FROM ranked WHERE (score, id) < ($2::bigint, $3::bigint) ORDER BY score DESC, id DESC OFFSET 0
   ) AS suggested
   WHERE id <> $1::bigint
     AND (SELECT true FROM social_graph.follow_requests WHERE follower_id = $1 AND followee_id = id) IS NULL
     AND (SELECT true FROM social_graph.blocks WHERE blocker_id = $1 AND blocked_id = id) IS NULL
     AND (SELECT true FROM social_graph.blocks WHERE blocker_id = id AND blocked_id = $1) IS NULL
     AND (SELECT true FROM social_graph.mutes
            WHERE muter_id = $1 AND muted_id = id AND NOT only_retweets AND (until IS NULL OR until > now())) IS NULL
     AND (SELECT true FROM social_graph.dismissed_suggestions WHERE viewer_id = $1 AND user_id = id) IS NULL
   ORDER BY score DESC, id DESC LIMIT $4::int`,
);

const rememberDismissalStatement = statement(
  'social-graph.rememberDismissal',
  `INSERT INTO social_graph.dismissed_suggestions (viewer_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
);

const forgetStatement = statement(
  'social-graph.forgetDismissedSuggestions',
  `DELETE FROM social_graph.dismissed_suggestions WHERE viewer_id = $1 AND position <= (
     SELECT position FROM social_graph.dismissed_suggestions WHERE viewer_id = $1 ORDER BY position DESC OFFSET $2 LIMIT 1)`,
);

/**
 * At most `limit` accounts that the viewer may want to follow, from below `after` on. Looks at 20,000 follows and ranks 1,000
 * accounts at most, whatever the viewer and others follow.
 */
export async function listSuggestions(
  database: Queryable,
  viewerId: string,
  after: Suggestion | undefined,
  limit: number,
): Promise<Suggestion[]> {
  const { score, userId } = after ?? { score: '9223372036854775807', userId: '0' };
  return database.query(listSuggestionsStatement, [viewerId, score, userId, limit]);
}

export async function rememberDismissal(transaction: Queryable, viewerId: string, userId: string): Promise<void> {
  await transaction.query(rememberDismissalStatement, [viewerId, userId]);
}

/** Forgets all but the viewer's `kept` latest. */
export async function forgetDismissedSuggestions(
  transaction: Queryable,
  viewerId: string,
  kept: number,
): Promise<void> {
  await transaction.query(forgetStatement, [viewerId, kept]);
}
