import type { EventLog } from '@starling/platform/event-log';
import type { Transaction } from '@starling/platform/postgres';
import { listMemberRemoved } from '../events.ts';
import { lockList } from '../locks.ts';
import { listMembershipsBetween, type Membership, removeMember } from './member-store.ts';

/**
 * Where either of two accounts is in a list of the other, for who holds the pair's lock and has written nothing yet: nobody
 * adds either of them meanwhile, and until the transaction ends nothing else changes these lists.
 */
export async function lockMemberships(transaction: Transaction, a: string, b: string): Promise<Membership[]> {
  const memberships = await listMembershipsBetween(transaction, a, b);
  for (const { listId } of memberships) await lockList(transaction, listId);
  return memberships;
}

export async function endMemberships(
  eventLog: EventLog,
  transaction: Transaction,
  memberships: readonly Membership[],
): Promise<void> {
  for (const membership of memberships) {
    // It may have gone before its list was locked.
    if (await removeMember(transaction, membership)) {
      await eventLog.append(transaction, [listMemberRemoved(membership)]);
    }
  }
}
