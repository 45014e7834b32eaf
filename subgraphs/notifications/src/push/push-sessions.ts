import { type Queryable, statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

/** No access token is good for longer. */
const REMEMBERED = '2 hours';

const lockStatement = statement(
  'notifications.lockPushSessions',
  `SELECT pg_advisory_xact_lock(hashtext('notifications.push-sessions'))`,
);

const lockOutStatement = statement(
  'notifications.lockOutPushSessions',
  `SELECT pg_advisory_xact_lock_shared(hashtext('notifications.push-sessions'))`,
);

const rememberStatement = statement(
  'notifications.rememberEndedSessions',
  `INSERT INTO notifications.ended_sessions (session_id, ended_at)
   SELECT * FROM unnest($1::bigint[], $2::timestamptz[]) AS ended (session_id, ended_at)
   WHERE ended_at > now() - interval '${REMEMBERED}'
   ON CONFLICT DO NOTHING`,
);

const forgetStatement = statement(
  'notifications.forgetEndedSessions',
  `DELETE FROM notifications.ended_sessions WHERE ended_at < now() - interval '${REMEMBERED}'`,
);

const removeStatement = statement(
  'notifications.removePushSubscriptionsOfSessions',
  'DELETE FROM notifications.push_subscriptions WHERE session_id = ANY($1::bigint[])',
);

/** Browsers in which somebody is logged in no more are told nothing more. */
export async function endPushSessions(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const ended = new Map(
    only(events, 'session.revoked.v1').map(({ payload, occurredAt }) => [payload.sessionId, occurredAt]),
  );
  if (ended.size === 0) return;
  await transaction.query(lockStatement);
  await transaction.query(rememberStatement, [[...ended.keys()], [...ended.values()]]);
  await transaction.query(removeStatement, [[...ended.keys()]]);
  await transaction.query(forgetStatement);
}

/** Held until the end of the transaction: no session is ended meanwhile, so that whatever is registered is found when it is. */
export async function lockOutEndsOfSessions(transaction: Queryable): Promise<void> {
  await transaction.query(lockOutStatement);
}
