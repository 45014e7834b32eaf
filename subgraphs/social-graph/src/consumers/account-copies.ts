import { type Consumer, type Event, type EventLog, firstTime, notHandled } from '@starling/platform/event-log';
import type { Database, Transaction } from '@starling/platform/postgres';
import { z } from 'zod';
import { addAccounts, setProtections } from '../account-copy-store.ts';
import { followed, followRequestRemoved } from '../events.ts';
import { approveFollowRequests } from '../follow-request-store.ts';
import { lockAccounts } from '../locks.ts';

const GROUP = 'social-graph.copies';
/** Requests that become follows in one transaction, at most: whoever acts on the account waits until it ends. */
const APPROVED_AT_ONCE = 1_000;

const registered = z.object({ userId: z.string() });
const profileChanged = z.object({ userId: z.string(), isProtected: z.boolean() });

type ProfileChange = z.infer<typeof profileChanged>;

const registrations = (events: readonly Event[]) =>
  events.filter(({ name }) => name === 'account.registered.v1').map(({ payload }) => registered.parse(payload));

const profileChanges = (events: readonly Event[]): ProfileChange[] =>
  events
    .filter(({ name }) => name === 'account.profile-changed.v1')
    .map(({ payload }) => profileChanged.parse(payload));

const userIds = (changes: readonly { readonly userId: string }[]) => changes.map(({ userId }) => userId);

/**
 * Which accounts there are, and which of them are protected. Of an account that is protected no longer, the requests that
 * wait become follows, so many in each transaction, and with the last of them it is no longer protected here; an old event that
 * comes again must not do that.
 */
export function accountCopies(database: Database, eventLog: Pick<EventLog, 'append'>): Consumer {
  /** For who holds the accounts' locks; true when more requests are left. */
  async function approveSome(transaction: Transaction, changes: readonly ProfileChange[]): Promise<boolean> {
    const opened = new Set(userIds(changes.filter(({ isProtected }) => !isProtected)));
    if (opened.size === 0) return false;
    const approved = await approveFollowRequests(transaction, [...opened], APPROVED_AT_ONCE);
    await eventLog.append(
      transaction,
      approved.flatMap((request) => [
        followRequestRemoved(request, 'APPROVED'),
        followed(request.followerId, request.followeeId),
      ]),
    );
    return approved.length === APPROVED_AT_ONCE;
  }

  /** False when there is more to do. */
  async function copy(transaction: Transaction, events: readonly Event[]): Promise<boolean> {
    const changing = profileChanges(events);
    if (changing.length > 0) await lockAccounts(transaction, userIds(changing));
    const added = registrations(events);
    if (added.length > 0) await addAccounts(transaction, userIds(added));
    if (changing.length === 0) return true;
    const changes = profileChanges(await notHandled(transaction, GROUP, events));
    if (await approveSome(transaction, changes)) return false;
    await firstTime(transaction, GROUP, events);
    const last = new Map(changes.map(({ userId, isProtected }) => [userId, isProtected]));
    if (last.size > 0) await setProtections(transaction, last);
    return true;
  }

  return {
    group: GROUP,
    topics: ['users.account'],
    appends: true,
    async handle(events) {
      if (registrations(events).length + profileChanges(events).length === 0) return;
      for (let isDone = false; !isDone; ) {
        isDone = await database.transaction((transaction) => copy(transaction, events), { durable: false });
      }
    },
  };
}
