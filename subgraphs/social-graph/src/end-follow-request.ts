import type { EventLog } from '@starling/platform/event-log';
import type { Transaction } from '@starling/platform/postgres';
import { followRequestRemoved, type RequestEnd } from './events.ts';
import { type FollowRequest, removeFollowRequest } from './follow-request-store.ts';

/** Ends a request if there is one, for who holds the pair's lock; true when there was. */
export async function endFollowRequest(
  eventLog: EventLog,
  transaction: Transaction,
  request: FollowRequest,
  reason: RequestEnd,
): Promise<boolean> {
  const existed = await removeFollowRequest(transaction, request);
  if (existed) await eventLog.append(transaction, [followRequestRemoved(request, reason)]);
  return existed;
}
