import { type Queryable, statement } from '@starling/platform/postgres';

/** Who is protected, and who follows whom: together, whose tweets somebody may read. And how many follow an account. */
export interface Follow {
  readonly followerId: string;
  readonly followeeId: string;
}

const addProtectedStatement = statement(
  'tweets.addProtectedAccounts',
  'INSERT INTO tweets.protected_accounts (user_id) SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING',
);

const removeProtectedStatement = statement(
  'tweets.removeProtectedAccounts',
  'DELETE FROM tweets.protected_accounts WHERE user_id = ANY($1::bigint[])',
);

const isProtectedStatement = statement(
  'tweets.isProtected',
  'SELECT 1 AS found FROM tweets.protected_accounts WHERE user_id = $1',
);

// Only what is new, or was there, counts: delivered again, neither changes anything.
const count = (changed: string, by: string) => `
  INSERT INTO tweets.follower_counts AS counts (user_id, followers)
  SELECT followee_id, ${by} * count(*) FROM ${changed} GROUP BY followee_id ORDER BY followee_id
  ON CONFLICT (user_id) DO UPDATE SET followers = counts.followers + excluded.followers`;

const addFollowsStatement = statement(
  'tweets.addFollows',
  `WITH added AS (
     INSERT INTO tweets.follows (follower_id, followee_id)
     SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS follow (follower_id, followee_id) ORDER BY 1, 2
     ON CONFLICT DO NOTHING RETURNING followee_id
   ) ${count('added', '1')}`,
);

const removeFollowsStatement = statement(
  'tweets.removeFollows',
  `WITH removed AS (
     DELETE FROM tweets.follows USING unnest($1::bigint[], $2::bigint[]) AS gone (follower_id, followee_id)
     WHERE follows.follower_id = gone.follower_id AND follows.followee_id = gone.followee_id
     RETURNING follows.followee_id
   ) ${count('removed', '-1')}`,
);

export async function isProtected(database: Queryable, userId: string): Promise<boolean> {
  return (await database.query(isProtectedStatement, [userId])).length > 0;
}

export async function addProtectedAccounts(transaction: Queryable, userIds: readonly string[]): Promise<void> {
  await transaction.query(addProtectedStatement, [userIds]);
}

export async function removeProtectedAccounts(transaction: Queryable, userIds: readonly string[]): Promise<void> {
  await transaction.query(removeProtectedStatement, [userIds]);
}

const columns = (follows: readonly Follow[]) => [
  follows.map(({ followerId }) => followerId),
  follows.map(({ followeeId }) => followeeId),
];

// Each pair at most once.

export async function addFollows(transaction: Queryable, follows: readonly Follow[]): Promise<void> {
  await transaction.query(addFollowsStatement, columns(follows));
}

export async function removeFollows(transaction: Queryable, follows: readonly Follow[]): Promise<void> {
  await transaction.query(removeFollowsStatement, columns(follows));
}
