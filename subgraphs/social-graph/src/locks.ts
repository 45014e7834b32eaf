import { statement, type Transaction } from '@starling/platform/postgres';

/*
 * Every command locks before it reads or writes, in this order: the follower (only following takes this one), then the
 * unordered pair of accounts. Nobody waits for anything while holding a pair, so there is no circle to wait in; and
 * accounts with many followers are no bottleneck, because being followed locks no more than the pair.
 *
 * The locks are advisory and not on rows on purpose: a row lock would give the transaction its number before it has
 * waited, and events of one pair could then carry numbers in another order than that of their commits. They end with
 * the transaction, after its commit can be seen.
 */
const lockPairStatement = statement(
  'social-graph.lockPair',
  `SELECT pg_advisory_xact_lock(hashtextextended(
     'social_graph.pair ' || least($1::bigint, $2::bigint) || ' ' || greatest($1::bigint, $2::bigint), 0))`,
);

const lockFollowerStatement = statement(
  'social-graph.lockFollower',
  `SELECT pg_advisory_xact_lock(hashtextextended('social_graph.follower ' || $1::bigint, 0))`,
);

/** Until the transaction ends, nothing else changes follows, blocks and mutes between these two. */
export async function lockPair(transaction: Transaction, a: string, b: string): Promise<void> {
  await transaction.query(lockPairStatement, [a, b]);
}

/** Until the transaction ends, this account follows nobody else: its followings can be counted. Before `lockPair`. */
export async function lockFollower(transaction: Transaction, followerId: string): Promise<void> {
  await transaction.query(lockFollowerStatement, [followerId]);
}
