import { statement, type Transaction } from '@starling/platform/postgres';

/*
 * Every command locks before it writes, in this order: the follower (only following takes this one), the gate, shared, then
 * both accounts of the pair in ascending order, shared, then the unordered pair, then lists that somebody has made, in
 * ascending order. Who makes follows of all requests to an account takes that account's lock alone, not shared: nothing
 * between it and anybody changes meanwhile. Who makes thousands of follows takes the gate alone, not shared, in place of
 * thousands of pairs: everybody else is behind it. Nobody who holds a pair waits for anything but lists, nor who holds a list
 * for anything but a larger one, so there is no circle to wait in; and accounts with many followers are no bottleneck,
 * because being followed shares the account's lock with all that do the same.
 *
 * The locks are advisory and not on rows on purpose: a row lock would give the transaction its number before it has
 * waited, and events of one pair, or list, could then carry numbers in another order than that of their commits. They end
 * with the transaction, after its commit can be seen.
 */
const SHARE_THE_GATE = `pg_advisory_xact_lock_shared(hashtextextended('social_graph.gate', 0))`;

const lockPairStatement = statement(
  'social-graph.lockPair',
  `SELECT ${SHARE_THE_GATE},
     pg_advisory_xact_lock_shared(hashtextextended('social_graph.account ' || least($1::bigint, $2::bigint), 0)),
     pg_advisory_xact_lock_shared(hashtextextended('social_graph.account ' || greatest($1::bigint, $2::bigint), 0)),
     pg_advisory_xact_lock(hashtextextended(
     'social_graph.pair ' || least($1::bigint, $2::bigint) || ' ' || greatest($1::bigint, $2::bigint), 0))`,
);

const lockAccountsStatement = statement(
  'social-graph.lockAccounts',
  `SELECT ${SHARE_THE_GATE}, pg_advisory_xact_lock(hashtextextended('social_graph.account ' || id, 0))
   FROM (SELECT DISTINCT unnest($1::bigint[]) AS id ORDER BY id) AS ascending`,
);

const lockGateStatement = statement(
  'social-graph.lockGate',
  `SELECT pg_advisory_xact_lock(hashtextextended('social_graph.gate', 0))`,
);

const lockFollowerStatement = statement(
  'social-graph.lockFollower',
  `SELECT pg_advisory_xact_lock(hashtextextended('social_graph.follower ' || $1::bigint, 0))`,
);

const lockKeywordsStatement = statement(
  'social-graph.lockKeywords',
  `SELECT pg_advisory_xact_lock(hashtextextended('social_graph.keywords ' || $1::bigint, 0))`,
);

const lockListsOfStatement = statement(
  'social-graph.lockListsOf',
  `SELECT pg_advisory_xact_lock(hashtextextended('social_graph.lists of ' || $1::bigint, 0))`,
);

const lockListStatement = statement(
  'social-graph.lockList',
  `SELECT pg_advisory_xact_lock(hashtextextended('social_graph.list ' || $1::bigint, 0))`,
);

/** Until the transaction ends, this account makes no other list: its lists can be counted. Taken alone. */
export async function lockListsOf(transaction: Transaction, ownerId: string): Promise<void> {
  await transaction.query(lockListsOfStatement, [ownerId]);
}

/** Until the transaction ends, nothing else changes this list or who is in it. */
export async function lockList(transaction: Transaction, listId: string): Promise<void> {
  await transaction.query(lockListStatement, [listId]);
}

/** Until the transaction ends, this account mutes and unmutes no other keyword. Taken alone. */
export async function lockKeywords(transaction: Transaction, muterId: string): Promise<void> {
  await transaction.query(lockKeywordsStatement, [muterId]);
}

/** Until the transaction ends, nothing else changes follows, blocks and mutes between these two. */
export async function lockPair(transaction: Transaction, a: string, b: string): Promise<void> {
  await transaction.query(lockPairStatement, [a, b]);
}

/** Until the transaction ends, nothing changes between these accounts and anybody. */
export async function lockAccounts(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await transaction.query(lockAccountsStatement, [ids]);
}

/** Until the transaction ends, this account follows nobody else: its followings can be counted. Before `lockPair`. */
export async function lockFollower(transaction: Transaction, followerId: string): Promise<void> {
  await transaction.query(lockFollowerStatement, [followerId]);
}

/** Until the transaction ends, nothing changes between anybody and anybody else. Taken alone. */
export async function lockGate(transaction: Transaction): Promise<void> {
  await transaction.query(lockGateStatement, []);
}
