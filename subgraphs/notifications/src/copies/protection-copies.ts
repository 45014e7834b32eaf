import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

const addProtected = statement(
  'notifications.addProtectedAccounts',
  'INSERT INTO notifications.protected_accounts (user_id) SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING',
);

const removeProtected = statement(
  'notifications.removeProtectedAccounts',
  'DELETE FROM notifications.protected_accounts WHERE user_id = ANY($1::bigint[])',
);

/** Which accounts are protected: what the last event of each says. */
export async function copyProtections(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const last = new Map(
    only(events, 'account.profile-changed.v1').map(({ payload }) => [payload.userId, payload.isProtected]),
  );
  const idsOf = (wanted: boolean) => [...last].filter(([, is]) => is === wanted).map(([userId]) => userId);
  const [closed, open] = [idsOf(true), idsOf(false)];
  if (closed.length > 0) await transaction.query(addProtected, [closed]);
  if (open.length > 0) await transaction.query(removeProtected, [open]);
}
