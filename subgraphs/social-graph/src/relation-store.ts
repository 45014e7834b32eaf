import { type Queryable, statement } from '@starling/platform/postgres';

/** One viewer and one account. */
export interface Pair {
  readonly viewerId: string;
  readonly userId: string;
}

/** How a viewer stands to an account at this moment, as `UserViewer` says it. */
export interface Relation extends Pair {
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

/** A relation as it was read, and for how many milliseconds from then on the mute goes on; null when it does not end by itself. */
export interface RelationRow extends Relation {
  readonly mutedForMs: number | null;
}

// Scalar subqueries and the LIMIT keep every part a probe of a primary key per account asked about. Written as EXISTS and
// as a plain join, the planner could read all followers of the viewer into a hash table instead.
const getRelationsStatement = statement(
  'social-graph.getRelations',
  `SELECT
     pair.viewer_id AS "viewerId",
     pair.other_id AS "userId",
     pair.other_id = pair.viewer_id AS "isSelf",
     (SELECT true FROM social_graph.follows
        WHERE follower_id = pair.viewer_id AND followee_id = pair.other_id) IS NOT NULL AS "isFollowing",
     (SELECT true FROM social_graph.follows
        WHERE follower_id = pair.other_id AND followee_id = pair.viewer_id) IS NOT NULL AS "isFollowedBy",
     (SELECT true FROM social_graph.follow_requests
        WHERE follower_id = pair.viewer_id AND followee_id = pair.other_id) IS NOT NULL AS "hasRequestedToFollow",
     (SELECT true FROM social_graph.blocks
        WHERE blocker_id = pair.viewer_id AND blocked_id = pair.other_id) IS NOT NULL AS "isBlocking",
     (SELECT true FROM social_graph.blocks
        WHERE blocker_id = pair.other_id AND blocked_id = pair.viewer_id) IS NOT NULL AS "isBlockedBy",
     mute.only_retweets IS NOT NULL AS "isMuting",
     mute.until AS "mutedUntil",
     (extract(epoch FROM mute.until - now()) * 1000)::float8 AS "mutedForMs",
     coalesce(mute.only_retweets, false) AS "isMutingRetweets"
   FROM unnest($1::bigint[], $2::bigint[]) AS pair (viewer_id, other_id)
   LEFT JOIN LATERAL (
     SELECT until, only_retweets FROM social_graph.mutes
     WHERE muter_id = pair.viewer_id AND muted_id = pair.other_id AND (until IS NULL OR until > now()) LIMIT 1
   ) AS mute ON true`,
);

/** One row per pair, whether or not there is such an account. */
export async function getRelations(database: Queryable, pairs: readonly Pair[]): Promise<RelationRow[]> {
  return database.query(getRelationsStatement, [
    pairs.map(({ viewerId }) => viewerId),
    pairs.map(({ userId }) => userId),
  ]);
}
