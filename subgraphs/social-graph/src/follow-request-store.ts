import { type Queryable, statement } from '@starling/platform/postgres';

/** Who asks, and whom. */
export interface FollowRequest {
  readonly followerId: string;
  readonly followeeId: string;
}

const addRequestStatement = statement(
  'social-graph.addFollowRequest',
  `INSERT INTO social_graph.follow_requests (follower_id, followee_id) VALUES ($1, $2)
   ON CONFLICT DO NOTHING RETURNING 1`,
);

const hasRequestStatement = statement(
  'social-graph.hasFollowRequest',
  'SELECT 1 AS found FROM social_graph.follow_requests WHERE follower_id = $1 AND followee_id = $2',
);

const removeRequestStatement = statement(
  'social-graph.removeFollowRequest',
  'DELETE FROM social_graph.follow_requests WHERE follower_id = $1 AND followee_id = $2 RETURNING 1',
);

// The oldest first: the order of the requests becomes the order of the follows.
const approveRequestsStatement = statement(
  'social-graph.approveFollowRequests',
  `WITH approved AS (
     DELETE FROM social_graph.follow_requests AS request USING (
       SELECT oldest.follower_id, oldest.followee_id FROM unnest($1::bigint[]) AS opened (id) CROSS JOIN LATERAL (
         SELECT follower_id, followee_id FROM social_graph.follow_requests
         WHERE followee_id = opened.id ORDER BY position LIMIT $2::int
       ) AS oldest LIMIT $2::int
     ) AS waiting
     WHERE (request.follower_id, request.followee_id) = (waiting.follower_id, waiting.followee_id)
     RETURNING request.follower_id, request.followee_id, request.position
   ), added AS (
     INSERT INTO social_graph.follows (follower_id, followee_id)
     SELECT follower_id, followee_id FROM approved ORDER BY position
     ON CONFLICT DO NOTHING
   )
   SELECT follower_id AS "followerId", followee_id AS "followeeId" FROM approved ORDER BY position`,
);

/** True when the request is new. */
export async function addFollowRequest(
  database: Queryable,
  { followerId, followeeId }: FollowRequest,
): Promise<boolean> {
  return (await database.query(addRequestStatement, [followerId, followeeId])).length > 0;
}

export async function hasFollowRequest(
  database: Queryable,
  { followerId, followeeId }: FollowRequest,
): Promise<boolean> {
  return (await database.query(hasRequestStatement, [followerId, followeeId])).length > 0;
}

/** True when there was such a request. */
export async function removeFollowRequest(
  database: Queryable,
  { followerId, followeeId }: FollowRequest,
): Promise<boolean> {
  return (await database.query(removeRequestStatement, [followerId, followeeId])).length > 0;
}

/**
 * Makes follows of requests that wait for these accounts, each of which is given once, and answers them: `most` at most, and
 * fewer only when no more are left.
 */
export async function approveFollowRequests(
  database: Queryable,
  followeeIds: readonly string[],
  most: number,
): Promise<FollowRequest[]> {
  return database.query(approveRequestsStatement, [followeeIds, most]);
}
