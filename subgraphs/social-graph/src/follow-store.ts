import { type Queryable, statement } from '@starling/platform/postgres';

const addFollowStatement = statement(
  'social-graph.addFollow',
  `INSERT INTO social_graph.follows (follower_id, followee_id) VALUES ($1, $2)
   ON CONFLICT DO NOTHING RETURNING followee_id`,
);

const removeFollowStatement = statement(
  'social-graph.removeFollow',
  'DELETE FROM social_graph.follows WHERE follower_id = $1 AND followee_id = $2 RETURNING followee_id',
);

const hasFollowStatement = statement(
  'social-graph.hasFollow',
  'SELECT 1 AS found FROM social_graph.follows WHERE follower_id = $1 AND followee_id = $2',
);

const followsAtLeastStatement = statement(
  'social-graph.followsAtLeast',
  `SELECT count(*) >= $2::int AS reached FROM (
     SELECT FROM (SELECT FROM social_graph.follows WHERE follower_id = $1 LIMIT $2::int) AS followings
     UNION ALL
     SELECT FROM (SELECT FROM social_graph.follow_requests WHERE follower_id = $1 LIMIT $2::int) AS requests
   ) AS both_kinds`,
);

/** True when the follow is new. */
export async function addFollow(database: Queryable, followerId: string, followeeId: string): Promise<boolean> {
  return (await database.query(addFollowStatement, [followerId, followeeId])).length > 0;
}

/** True when there was such a follow. */
export async function removeFollow(database: Queryable, followerId: string, followeeId: string): Promise<boolean> {
  return (await database.query(removeFollowStatement, [followerId, followeeId])).length > 0;
}

export async function hasFollow(database: Queryable, followerId: string, followeeId: string): Promise<boolean> {
  return (await database.query(hasFollowStatement, [followerId, followeeId])).length > 0;
}

/** Requests count as well. Looks at `number` entries of two indexes at most. Exact, and stays so, for who holds the follower's lock. */
export async function followsAtLeast(database: Queryable, followerId: string, number: number): Promise<boolean> {
  const [row] = await database.query<{ reached: boolean }>(followsAtLeastStatement, [followerId, number]);
  return row?.reached === true;
}
