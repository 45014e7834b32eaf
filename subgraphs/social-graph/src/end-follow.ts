import type { EventLog } from '@starling/platform/event-log';
import type { Transaction } from '@starling/platform/postgres';
import { unfollowed } from './events.ts';
import { removeFollow } from './follow-store.ts';

/** Ends a follow if there is one, for who holds the pair's lock. */
export async function endFollow(
  eventLog: EventLog,
  transaction: Transaction,
  followerId: string,
  followeeId: string,
): Promise<void> {
  if (await removeFollow(transaction, followerId, followeeId)) {
    await eventLog.append(transaction, [unfollowed(followerId, followeeId)]);
  }
}
