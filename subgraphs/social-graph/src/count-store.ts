import { type Queryable, statement } from '@starling/platform/postgres';

export interface Counts {
  readonly userId: string;
  readonly followers: number;
  readonly following: number;
}

const getCountsStatement = statement(
  'social-graph.getCountsByUserIds',
  `SELECT user_id AS "userId", followers, following FROM social_graph.counts WHERE user_id = ANY($1::bigint[])`,
);

// One statement for a batch of any size, one row per account, locked in the order of ids.
const addToCountsStatement = statement(
  'social-graph.addToCounts',
  `INSERT INTO social_graph.counts AS counts (user_id, followers, following)
   SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[]) AS change (user_id, followers, following) ORDER BY user_id
   ON CONFLICT (user_id) DO UPDATE SET
     followers = counts.followers + excluded.followers,
     following = counts.following + excluded.following`,
);

/** An account that never followed and was never followed has no row. */
export async function getCountsByUserIds(database: Queryable, userIds: readonly string[]): Promise<Counts[]> {
  return database.query(getCountsStatement, [userIds]);
}

/** Adds differences, each account at most once. */
export async function addToCounts(database: Queryable, changes: readonly Counts[]): Promise<void> {
  await database.query(addToCountsStatement, [
    changes.map(({ userId }) => userId),
    changes.map(({ followers }) => followers),
    changes.map(({ following }) => following),
  ]);
}
