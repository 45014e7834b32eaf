import type { Consumer } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { z } from 'zod';
import { addAccounts } from '../account-copy-store.ts';

const registered = z.object({ userId: z.string() });

/** Which accounts there are. Idempotent by nature. */
export function accountCopies(database: Database): Consumer {
  return {
    group: 'social-graph.copies',
    topics: ['users.account'],
    async handle(events) {
      const ids = events
        .filter(({ name }) => name === 'account.registered.v1')
        .map(({ payload }) => registered.parse(payload).userId);
      if (ids.length === 0) return;
      await database.transaction((transaction) => addAccounts(transaction, ids), { durable: false });
    },
  };
}
