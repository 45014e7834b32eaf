import { type Queryable, statement } from '@starling/platform/postgres';
import { mutesWords } from '@starling/visibility';

/** Whom a viewer blocks, mutes and is blocked by. */
export interface CircleRow {
  readonly viewerId: string;
  readonly blocking: readonly string[];
  readonly blockedBy: readonly string[];
  /** Accounts that are muted altogether, with the milliseconds for which they still are; null: until it is taken back. */
  readonly muting: Readonly<Record<string, number | null>>;
  readonly mutesWords: boolean;
}

/** Of each kind one row more than this is read: then there are too many to be kept. */
export const MOST_IN_CIRCLE = 2_000;

const LIMIT = `LIMIT ${MOST_IN_CIRCLE + 1}`;

const getCirclesStatement = statement(
  'tweets.getCirclesByViewerIds',
  `SELECT viewer.id AS "viewerId",
     ARRAY(SELECT blocked_id FROM tweets.blocks WHERE blocker_id = viewer.id ${LIMIT})::text[] AS blocking,
     ARRAY(SELECT blocker_id FROM tweets.blocks WHERE blocked_id = viewer.id ${LIMIT})::text[] AS "blockedBy",
     (SELECT coalesce(json_object_agg(muted_id, extract(epoch FROM until - now()) * 1000), '{}') FROM (
        SELECT muted_id, until FROM tweets.mutes
        WHERE muter_id = viewer.id AND NOT only_retweets AND (until IS NULL OR until > now()) ${LIMIT}
      ) AS muted) AS muting,
     ${mutesWords({ table: 'tweets.muted_keywords', viewer: 'viewer.id' })} AS "mutesWords"
   FROM unnest($1::bigint[]) AS viewer (id)`,
);

const getProtectionsStatement = statement(
  'tweets.getProtectionsByUserIds',
  `SELECT account.id AS "userId",
     (SELECT true FROM tweets.protected_accounts WHERE user_id = account.id) IS NOT NULL AS "isProtected"
   FROM unnest($1::bigint[]) AS account (id)`,
);

const getFollowsStatement = statement(
  'tweets.getFollowsByPairs',
  `SELECT follower_id AS "followerId", followee_id AS "followeeId"
   FROM unnest($1::bigint[], $2::bigint[]) AS pair (follower_id, followee_id)
   JOIN tweets.follows USING (follower_id, followee_id)`,
);

/** One row per viewer. */
export async function getCirclesByViewerIds(database: Queryable, viewerIds: readonly string[]): Promise<CircleRow[]> {
  return database.query(getCirclesStatement, [viewerIds]);
}

export interface Protection {
  readonly userId: string;
  readonly isProtected: boolean;
}

/** One row per id, whether or not there is such an account. */
export async function getProtectionsByUserIds(database: Queryable, userIds: readonly string[]): Promise<Protection[]> {
  return database.query(getProtectionsStatement, [userIds]);
}

export interface Pair {
  readonly followerId: string;
  readonly followeeId: string;
}

/** Those of the pairs that are follows. */
export async function getFollowsByPairs(database: Queryable, pairs: readonly Pair[]): Promise<Pair[]> {
  return database.query(getFollowsStatement, [
    pairs.map(({ followerId }) => followerId),
    pairs.map(({ followeeId }) => followeeId),
  ]);
}
