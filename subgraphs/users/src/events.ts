import { eventType } from '@starling/platform/event-log';
import { z } from 'zod';

const id = z.string();

/** Keyed by the account's id. */
const ACCOUNT_TOPIC = 'users.account';

export const accountRegistered = eventType(
  ACCOUNT_TOPIC,
  'account.registered.v1',
  z.object({ userId: id, username: z.string() }),
);

/** `previousUsername` is free for anybody from now on. The two may differ in case alone. */
export const accountUsernameChanged = eventType(
  ACCOUNT_TOPIC,
  'account.username-changed.v1',
  z.object({ userId: id, username: z.string(), previousUsername: z.string() }),
);

export const accountEmailChanged = eventType(ACCOUNT_TOPIC, 'account.email-changed.v1', z.object({ userId: id }));

/** The person has ended digests by a link in one of them. */
export const accountDigestsStopped = eventType(ACCOUNT_TOPIC, 'account.digests-stopped.v1', z.object({ userId: id }));

export const accountProfileChanged = eventType(
  ACCOUNT_TOPIC,
  'account.profile-changed.v1',
  z.object({ userId: id, isProtected: z.boolean() }),
);

const revocationReason = z.enum(['LOGGED_OUT', 'REVOKED', 'TOKEN_REUSED', 'PASSWORD_CHANGED']);
export type RevocationReason = z.infer<typeof revocationReason>;

/** Keyed by the account's id. Nothing may act in the name of this session any more, its access tokens included. */
export const sessionRevoked = eventType(
  'users.session',
  'session.revoked.v1',
  z.object({ userId: id, sessionId: id, reason: revocationReason }),
);

/** Keyed by the account's id: what has become of digests that the notifications asked for. */
const DIGEST_TOPIC = 'users.digest';

export const digestSent = eventType(DIGEST_TOPIC, 'digest.sent.v1', z.object({ userId: id, digestId: id }));

/** An attempt failed: `LATER` may be better, `NEVER` would be the same again, `NOBODY` is there to be sent it, the address is `UNCONFIRMED`. */
export const digestFailed = eventType(
  DIGEST_TOPIC,
  'digest.failed.v1',
  z.object({
    userId: id,
    digestId: id,
    attempt: z.int(),
    until: z.enum(['LATER', 'NEVER', 'NOBODY', 'UNCONFIRMED']),
    why: z.string(),
  }),
);
