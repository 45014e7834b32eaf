import { type Queryable, statement } from '@starling/platform/postgres';
import type { EntryKind } from '../entries/entry.ts';
import { isOpen, isWanted, tweetOf } from '../visibility/permitted.ts';

/** Notifications that began longer ago are not worth a message: an import, or a rebuild, makes no noise. */
const FRESH = '1 hour';
/** Messages that are sent together at most. */
const MOST_AT_ONCE = 50;

const queueStatement = statement(
  'notifications.queuePushes',
  `INSERT INTO notifications.pushes (subscription_id, announced)
   SELECT s.id, e.announced
   FROM notifications.entries e JOIN notifications.push_subscriptions s ON s.user_id = e.recipient_id
   WHERE e.announced = ANY($1::bigint[]) AND ${isWanted('e', 'PUSH')}
     AND e.began_ms > extract(epoch FROM now() - interval '${FRESH}') * 1000
   ON CONFLICT DO NOTHING RETURNING announced`,
);

const queueAgainStatement = statement(
  'notifications.queuePushesAgain',
  `INSERT INTO notifications.pushes (subscription_id, announced)
   SELECT s.id, again.announced
   FROM unnest($1::bigint[], $2::bigint[]) AS again (subscription_id, announced)
   JOIN notifications.push_subscriptions s ON s.id = again.subscription_id
   ON CONFLICT DO NOTHING`,
);

// Whoever takes them has a minute; then somebody else does, should this process have died.
const takeStatement = statement(
  'notifications.takePushes',
  `WITH due AS (
     SELECT subscription_id, announced FROM notifications.pushes WHERE due_at <= now()
     ORDER BY due_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED
   )
   UPDATE notifications.pushes p SET attempts = p.attempts + 1, due_at = now() + interval '1 minute'
   FROM due WHERE p.subscription_id = due.subscription_id AND p.announced = due.announced
   RETURNING p.subscription_id AS "subscriptionId", p.announced, p.attempts`,
);

const readStatement = statement(
  'notifications.readPushes',
  `SELECT t.subscription_id AS "subscriptionId", t.announced, t.attempts, s.endpoint, s.p256dh, s.auth,
     e.recipient_id AS "userId", e.id, e.kind, ${tweetOf('e')} AS "tweetId",
     (e.id IS NOT NULL AND e.recipient_id = s.user_id AND ${isOpen('e')} AND ${isWanted('e', 'PUSH')}) AS "isDue"
   FROM unnest($1::bigint[], $2::bigint[], $3::int[]) AS t (subscription_id, announced, attempts)
   JOIN notifications.push_subscriptions s ON s.id = t.subscription_id
   LEFT JOIN notifications.entries e ON e.announced = t.announced`,
);

const removeStatement = statement(
  'notifications.removePushes',
  `DELETE FROM notifications.pushes p USING unnest($1::bigint[], $2::bigint[]) AS done (subscription_id, announced)
   WHERE p.subscription_id = done.subscription_id AND p.announced = done.announced`,
);

const postponeStatement = statement(
  'notifications.postponePush',
  `UPDATE notifications.pushes SET due_at = now() + $3::bigint * interval '1 millisecond'
   WHERE subscription_id = $1 AND announced = $2`,
);

const removeSubscriptionStatement = statement(
  'notifications.removePushSubscription',
  'DELETE FROM notifications.push_subscriptions WHERE id = $1',
);

/** A message to one browser about one notification. */
export interface PushKey {
  readonly subscriptionId: string;
  readonly announced: string;
}

export interface TakenPush extends PushKey {
  /** How often it has been tried, this time included. */
  readonly attempts: number;
}

export interface Push extends TakenPush {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly userId: string;
  readonly id: string;
  readonly kind: EntryKind;
  readonly tweetId: string | null;
  /** The notification is still there, its recipient still wants it here, and the browser is still theirs. */
  readonly isDue: boolean;
}

const columns = (keys: readonly PushKey[]) => [
  keys.map(({ subscriptionId }) => subscriptionId),
  keys.map(({ announced }) => announced),
];

/** Messages about what has just been announced; true when there are any. */
export async function queuePushes(transaction: Queryable, announced: readonly string[]): Promise<boolean> {
  return (await transaction.query(queueStatement, [announced])).length > 0;
}

/** Messages that were given up, once more, to browsers that are still there. */
export async function queuePushesAgain(database: Queryable, pushes: readonly PushKey[]): Promise<void> {
  await database.query(queueAgainStatement, columns(pushes));
}

export async function takePushes(database: Queryable): Promise<TakenPush[]> {
  return database.query(takeStatement);
}

/** What was taken, as it stands now. Of browsers that are registered no more there is nothing. */
export async function readPushes(database: Queryable, taken: readonly TakenPush[]): Promise<Push[]> {
  return database.query(readStatement, [...columns(taken), taken.map(({ attempts }) => attempts)]);
}

export async function removePushes(database: Queryable, pushes: readonly PushKey[]): Promise<void> {
  await database.query(removeStatement, columns(pushes));
}

export async function postponePush(database: Queryable, push: PushKey, pauseMs: number): Promise<void> {
  await database.query(postponeStatement, [push.subscriptionId, push.announced, pauseMs]);
}

/** The browser wants no more messages. */
export async function removePushSubscription(database: Queryable, subscriptionId: string): Promise<void> {
  await database.query(removeSubscriptionStatement, [subscriptionId]);
}
