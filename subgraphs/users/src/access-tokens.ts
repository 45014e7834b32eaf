import { SignJWT } from 'jose';
import type { Role } from './account-store.ts';
import type { NamedKey } from './signing-keys.ts';

const ACCESS_TOKEN_LIFETIME_MS = 10 * 60 * 1_000;

export interface AccessToken {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
}

/** Whom and which session a token speaks for. */
export interface Bearer {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
}

export async function signAccessToken({ id, key }: NamedKey, bearer: Bearer, now: Date): Promise<AccessToken> {
  // The claims count whole seconds.
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const expiresAt = issuedAt + ACCESS_TOKEN_LIFETIME_MS / 1_000;
  const accessToken = await new SignJWT({ sid: bearer.sessionId, role: bearer.role })
    .setProtectedHeader({ alg: 'EdDSA', kid: id, typ: 'at+jwt' })
    .setIssuer('starling')
    .setAudience('starling')
    .setSubject(bearer.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key);
  return { accessToken, accessTokenExpiresAt: new Date(expiresAt * 1_000) };
}
