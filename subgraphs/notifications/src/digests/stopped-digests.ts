import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

// What was chosen since stays. Times of events are whole milliseconds.
const stopStatement = statement(
  'notifications.stopDigests',
  `INSERT INTO notifications.preferences AS known (user_id, kind, channel, is_enabled, changed_at)
   SELECT stopped.user_id, kind, 'EMAIL', false, stopped.at
   FROM unnest($1::bigint[], $2::timestamptz[]) AS stopped (user_id, at)
   CROSS JOIN unnest(enum_range(NULL::notifications.kind)) AS kinds (kind)
   ON CONFLICT (user_id, kind, channel) DO UPDATE SET is_enabled = false, changed_at = excluded.changed_at
   WHERE date_trunc('milliseconds', known.changed_at) <= excluded.changed_at`,
);

/** Whoever has ended digests by a link in one of them wants no kind by email. */
export async function copyStoppedDigests(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const stopped = new Map(
    only(events, 'account.digests-stopped.v1').map(({ payload, occurredAt }) => [payload.userId, occurredAt]),
  );
  if (stopped.size > 0) await transaction.query(stopStatement, [[...stopped.keys()], [...stopped.values()]]);
}
