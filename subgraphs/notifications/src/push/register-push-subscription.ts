import { createECDH } from 'node:crypto';
import { done, type Outcome, refused, type UserError, unauthenticated, userError } from '@starling/platform/graphql';
import { type Database, statement } from '@starling/platform/postgres';
import { mistakeInEndpoint, type PushAddresses } from './push-addresses.ts';
import { lockOutEndsOfSessions } from './push-sessions.ts';

/** Browsers of one account; whoever registers one more is no longer told on the one that was registered first. */
export const MOST_SUBSCRIPTIONS = 20;

const LONGEST_ENDPOINT = 2_048;

// A browser has one endpoint, whoever is logged in: it goes over to the account that registers it last.
const registerStatement = statement(
  'notifications.registerPushSubscription',
  `INSERT INTO notifications.push_subscriptions (user_id, session_id, endpoint, p256dh, auth)
   SELECT $1::bigint, $2::bigint, $3, $4, $5
   WHERE NOT EXISTS (SELECT FROM notifications.ended_sessions WHERE session_id = $2::bigint)
   ON CONFLICT (endpoint) DO UPDATE SET
     user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth
   RETURNING id`,
);

// The browser at hand stays, although its endpoint may have been known for longer than the others.
const removeOldestStatement = statement(
  'notifications.removeOldestPushSubscriptions',
  `DELETE FROM notifications.push_subscriptions WHERE id IN (
     SELECT id FROM notifications.push_subscriptions WHERE user_id = $1 AND id <> $2 ORDER BY id DESC OFFSET ${MOST_SUBSCRIPTIONS - 1})`,
);

export interface PushRegistration {
  readonly viewerId: string;
  /** The browser is told as long as this session lasts. */
  readonly sessionId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** The bytes of base64url text, with or without padding; undefined when it is none. */
function bytesOf(text: string): Buffer | undefined {
  return /^[A-Za-z0-9_-]{1,128}={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

function isPublicKey(text: string): boolean {
  const key = bytesOf(text);
  if (key?.length !== 65) return false;
  const ours = createECDH('prime256v1');
  ours.generateKeys();
  try {
    ours.computeSecret(key);
    return true;
  } catch {
    // No point of the curve.
    return false;
  }
}

function mistakesIn(endpoint: URL, { p256dh, auth }: PushRegistration, addresses: PushAddresses): UserError[] {
  const mistake = mistakeInEndpoint(endpoint, addresses);
  return [
    ...(mistake ? [userError('INVALID', mistake, 'endpoint')] : []),
    ...(endpoint.href.length > LONGEST_ENDPOINT ? [userError('TOO_LONG', 'The address is too long.', 'endpoint')] : []),
    ...(isPublicKey(p256dh) ? [] : [userError('INVALID', 'This is no public key of P-256 in base64url.', 'p256dh')]),
    ...(bytesOf(auth)?.length === 16
      ? []
      : [userError('INVALID', 'This is no secret of 16 bytes in base64url.', 'auth')]),
  ];
}

/**
 * Registering again changes nothing, or replaces the keys and the session.
 *
 * @throws UNAUTHENTICATED when the session has ended, although its token is still good.
 */
export async function registerPushSubscription(
  database: Database,
  registration: PushRegistration,
  addresses: PushAddresses,
): Promise<Outcome<null>> {
  const endpoint = new URL(registration.endpoint);
  const mistakes = mistakesIn(endpoint, registration, addresses);
  if (mistakes.length > 0) return refused(...mistakes);
  const { viewerId, sessionId, p256dh, auth } = registration;
  await database.transaction(async (transaction) => {
    await lockOutEndsOfSessions(transaction);
    const values = [viewerId, sessionId, endpoint.href, p256dh, auth];
    const [registered] = await transaction.query<{ id: string }>(registerStatement, values);
    if (!registered) throw unauthenticated('This session has ended.');
    await transaction.query(removeOldestStatement, [viewerId, registered.id]);
  });
  return done(null);
}
