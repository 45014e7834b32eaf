import { type Queryable, statement } from '@starling/platform/postgres';

/** How a viewer stands to an account at this moment, as `UserViewer` says it. */
export interface Relation {
  readonly userId: string;
  readonly isSelf: boolean;
  readonly isFollowing: boolean;
  readonly isFollowedBy: boolean;
  readonly hasRequestedToFollow: boolean;
  readonly isBlocking: boolean;
  readonly isBlockedBy: boolean;
  readonly isMuting: boolean;
  readonly mutedUntil: Date | null;
  readonly isMutingRetweets: boolean;
}

// Scalar subqueries and the LIMIT keep every part a probe of a primary key per account asked about. Written as EXISTS and
// as a plain join, the planner could read all followers of the viewer into a hash table instead.
const getRelationsStatement = statement(
  'social-graph.getRelationsByUserIds',
  `SELECT
     other.id AS "userId",
     other.id = $1::bigint AS "isSelf",
     (SELECT true FROM social_graph.follows WHERE follower_id = $1 AND followee_id = other.id) IS NOT NULL AS "isFollowing",
     (SELECT true FROM social_graph.follows WHERE follower_id = other.id AND followee_id = $1) IS NOT NULL AS "isFollowedBy",
     (SELECT true FROM social_graph.follow_requests
        WHERE follower_id = $1 AND followee_id = other.id) IS NOT NULL AS "hasRequestedToFollow",
     (SELECT true FROM social_graph.blocks WHERE blocker_id = $1 AND blocked_id = other.id) IS NOT NULL AS "isBlocking",
     (SELECT true FROM social_graph.blocks WHERE blocker_id = other.id AND blocked_id = $1) IS NOT NULL AS "isBlockedBy",
     mute.only_retweets IS NOT NULL AS "isMuting",
     mute.until AS "mutedUntil",
     coalesce(mute.only_retweets, false) AS "isMutingRetweets"
   FROM unnest($2::bigint[]) AS other (id)
   LEFT JOIN LATERAL (
     SELECT until, only_retweets FROM social_graph.mutes
     WHERE muter_id = $1 AND muted_id = other.id AND (until IS NULL OR until > now()) LIMIT 1
   ) AS mute ON true`,
);

/** One row per id, whether or not there is such an account. */
export async function getRelationsByUserIds(
  database: Queryable,
  viewerId: string,
  userIds: readonly string[],
): Promise<Relation[]> {
  return database.query(getRelationsStatement, [viewerId, userIds]);
}
