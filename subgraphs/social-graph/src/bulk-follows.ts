import type { EventLog } from '@starling/platform/event-log';
import { copyRows, statement, type Transaction } from '@starling/platform/postgres';
import { followed, followRequestRemoved } from './events.ts';
import { lockGate } from './locks.ts';

export interface BulkFollow {
  readonly followerId: string;
  readonly followeeId: string;
}

export interface BulkFollows {
  /** The follows that were not there before. */
  readonly added: number;
  readonly alreadyThere: number;
  /** Those that a block between the two forbids. */
  readonly blocked: readonly BulkFollow[];
}

const createStatement = statement(
  'social-graph.createBulkFollows',
  `CREATE TEMPORARY TABLE bulk_follows (
     position integer NOT NULL, follower_id bigint NOT NULL, followee_id bigint NOT NULL
   ) ON COMMIT DROP`,
);

const blockedStatement = statement(
  'social-graph.removeBlockedBulkFollows',
  `DELETE FROM bulk_follows AS bulk WHERE EXISTS (
     SELECT FROM social_graph.blocks WHERE (blocker_id, blocked_id) = (bulk.follower_id, bulk.followee_id)
     UNION ALL
     SELECT FROM social_graph.blocks WHERE (blocker_id, blocked_id) = (bulk.followee_id, bulk.follower_id))
   RETURNING follower_id AS "followerId", followee_id AS "followeeId"`,
);

const addStatement = statement(
  'social-graph.addBulkFollows',
  `INSERT INTO social_graph.follows (follower_id, followee_id)
   SELECT follower_id, followee_id FROM bulk_follows ORDER BY position
   ON CONFLICT DO NOTHING
   RETURNING follower_id AS "followerId", followee_id AS "followeeId"`,
);

const removeRequestsStatement = statement(
  'social-graph.removeBulkFollowRequests',
  `DELETE FROM social_graph.follow_requests AS request USING bulk_follows AS bulk
   WHERE (request.follower_id, request.followee_id) = (bulk.follower_id, bulk.followee_id)
   RETURNING request.follower_id AS "followerId", request.followee_id AS "followeeId"`,
);

/**
 * Adds thousands of follows with their events, in the order given (the last is newest), none of an account by itself. The
 * accounts are known to exist; those that are protected have approved, whether or not they were asked. Follows that are there
 * already stay as they are and tell nobody. Limits on how many accounts one may follow are not applied. Whoever changes
 * something between two accounts meanwhile waits until the transaction ends: the lock comes before everything else in it.
 */
export async function addFollowsInBulk(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  follows: readonly BulkFollow[],
): Promise<BulkFollows> {
  await lockGate(transaction);
  await transaction.query(createStatement);
  await copyRows(
    transaction.client,
    { table: 'bulk_follows', columns: ['position', 'follower_id', 'followee_id'] },
    follows.map(({ followerId, followeeId }, position) => [position, followerId, followeeId]),
  );
  const blocked = await transaction.query<BulkFollow>(blockedStatement);
  const added = await transaction.query<BulkFollow>(addStatement);
  const approved = await transaction.query<BulkFollow>(removeRequestsStatement);
  await eventLog.append(transaction, [
    ...approved.map((request) => followRequestRemoved(request, 'APPROVED')),
    ...added.map(({ followerId, followeeId }) => followed(followerId, followeeId)),
  ]);
  return { added: added.length, alreadyThere: follows.length - added.length - blocked.length, blocked };
}
