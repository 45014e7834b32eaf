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
