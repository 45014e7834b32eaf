import { type Queryable, statement } from '@starling/platform/postgres';
import type { Relation } from './visibility/relation.ts';

export interface Block {
  readonly blockerId: string;
  readonly blockedId: string;
}

export interface Mute {
  readonly muterId: string;
  readonly mutedId: string;
  /** RFC 3339 text; null when it does not end by itself. */
  readonly until: string | null;
  readonly onlyRetweets: boolean;
}

/**
 * SQL: how the viewer stands to another account, as columns. Scalar subqueries keep every part a probe of a primary key per
 * account asked about. Signed out, the viewer is null.
 */
export const relationColumns = (viewer: string, other: string): string => `
     (SELECT true FROM tweets.blocks WHERE blocker_id = ${viewer} AND blocked_id = ${other}) IS NOT NULL AS "isBlocking",
     (SELECT true FROM tweets.blocks WHERE blocker_id = ${other} AND blocked_id = ${viewer}) IS NOT NULL AS "isBlockedBy",
     (SELECT true FROM tweets.mutes WHERE muter_id = ${viewer} AND muted_id = ${other} AND NOT only_retweets
        AND (until IS NULL OR until > now())) IS NOT NULL AS "isMuting",
     (SELECT true FROM tweets.protected_accounts WHERE user_id = ${other} AND ${other} IS DISTINCT FROM ${viewer}::bigint)
        IS NOT NULL
       AND (SELECT true FROM tweets.follows WHERE follower_id = ${viewer} AND followee_id = ${other}) IS NULL AS "isShutOut"`;

const getRelationsStatement = statement(
  'tweets.getRelationsByUserIds',
  `SELECT other.id AS "userId", ${relationColumns('$1', 'other.id')} FROM unnest($2::bigint[]) AS other (id)`,
);

const addBlocksStatement = statement(
  'tweets.addBlocks',
  `INSERT INTO tweets.blocks (blocker_id, blocked_id)
   SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS block (blocker_id, blocked_id) ORDER BY 1, 2
   ON CONFLICT DO NOTHING`,
);
const removeBlocksStatement = statement(
  'tweets.removeBlocks',
  `DELETE FROM tweets.blocks USING unnest($1::bigint[], $2::bigint[]) AS gone (blocker_id, blocked_id)
   WHERE blocks.blocker_id = gone.blocker_id AND blocks.blocked_id = gone.blocked_id`,
);
const setMutesStatement = statement(
  'tweets.setMutes',
  `INSERT INTO tweets.mutes (muter_id, muted_id, until, only_retweets)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::boolean[])
     AS mute (muter_id, muted_id, until, only_retweets) ORDER BY 1, 2
   ON CONFLICT (muter_id, muted_id) DO UPDATE SET until = excluded.until, only_retweets = excluded.only_retweets`,
);
const removeMutesStatement = statement(
  'tweets.removeMutes',
  `DELETE FROM tweets.mutes USING unnest($1::bigint[], $2::bigint[]) AS gone (muter_id, muted_id)
   WHERE mutes.muter_id = gone.muter_id AND mutes.muted_id = gone.muted_id`,
);

export interface RelationRow extends Relation {
  readonly userId: string;
}

/** One row per id, whether or not there is such an account; without a viewer, how everybody stands to them. */
export async function getRelationsByUserIds(
  database: Queryable,
  viewerId: string | null,
  userIds: readonly string[],
): Promise<RelationRow[]> {
  return database.query(getRelationsStatement, [viewerId, userIds]);
}

function ids(blocks: readonly Block[]) {
  return [blocks.map(({ blockerId }) => blockerId), blocks.map(({ blockedId }) => blockedId)];
}

// Each pair at most once.

export async function addBlocks(transaction: Queryable, blocks: readonly Block[]): Promise<void> {
  await transaction.query(addBlocksStatement, ids(blocks));
}

export async function removeBlocks(transaction: Queryable, blocks: readonly Block[]): Promise<void> {
  await transaction.query(removeBlocksStatement, ids(blocks));
}

export async function setMutes(transaction: Queryable, mutes: readonly Mute[]): Promise<void> {
  await transaction.query(setMutesStatement, [
    mutes.map(({ muterId }) => muterId),
    mutes.map(({ mutedId }) => mutedId),
    mutes.map(({ until }) => until),
    mutes.map(({ onlyRetweets }) => onlyRetweets),
  ]);
}

export async function removeMutes(
  transaction: Queryable,
  mutes: readonly Pick<Mute, 'muterId' | 'mutedId'>[],
): Promise<void> {
  await transaction.query(removeMutesStatement, [
    mutes.map(({ muterId }) => muterId),
    mutes.map(({ mutedId }) => mutedId),
  ]);
}
