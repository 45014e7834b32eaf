import { type Consumer, type Event, type EventLog, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { z } from 'zod';
import { addAccounts, setProtections } from '../account-copy-store.ts';
import { followed, followRequestRemoved } from '../events.ts';
import { approveFollowRequests } from '../follow-request-store.ts';
import { lockAccounts } from '../locks.ts';

const GROUP = 'social-graph.copies';

const registered = z.object({ userId: z.string() });
const profileChanged = z.object({ userId: z.string(), isProtected: z.boolean() });

const profileChanges = (events: readonly Event[]) =>
  events
    .filter(({ name }) => name === 'account.profile-changed.v1')
    .map(({ payload }) => profileChanged.parse(payload));

const userIds = (changes: readonly { readonly userId: string }[]) => changes.map(({ userId }) => userId);

/**
 * Which accounts there are, and which of them are protected. Of an account that is protected no longer, the requests that
 * wait become follows; an old event that comes again must not do that.
 */
export function accountCopies(database: Database, eventLog: Pick<EventLog, 'append'>): Consumer {
  return {
    group: GROUP,
    topics: ['users.account'],
    appends: true,
    async handle(events) {
      const added = events
        .filter(({ name }) => name === 'account.registered.v1')
        .map(({ payload }) => registered.parse(payload));
      const changing = profileChanges(events);
      if (added.length + changing.length === 0) return;
      await database.transaction(
        async (transaction) => {
          if (changing.length > 0) await lockAccounts(transaction, userIds(changing));
          if (added.length > 0) await addAccounts(transaction, userIds(added));
          if (changing.length === 0) return;
          const changes = profileChanges(await firstTime(transaction, GROUP, events));
          const last = new Map(changes.map(({ userId, isProtected }) => [userId, isProtected]));
          if (last.size > 0) await setProtections(transaction, last);
          const opened = changes.filter(({ isProtected }) => !isProtected);
          if (opened.length === 0) return;
          const approved = await approveFollowRequests(transaction, userIds(opened));
          await eventLog.append(
            transaction,
            approved.flatMap((request) => [
              followRequestRemoved(request, 'APPROVED'),
              followed(request.followerId, request.followeeId),
            ]),
          );
        },
        { durable: false },
      );
    },
  };
}
