import { SecondChance } from '@starling/platform/cache';
import type { Viewer } from '@starling/platform/identity';
import { isSnowflake } from '@starling/platform/snowflake';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { KeySet } from './key-set.ts';
import { MAX_TOKEN_SECONDS, type RevokedSessions } from './revoked-sessions.ts';

/** A token that was verified: who it is for, and until when. */
export interface VerifiedToken {
  readonly viewer: Viewer;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

export interface AccessTokens {
  /**
   * Reads an `Authorization` value. Null when there is none: signed out. A value that is no good is `InvalidToken`,
   * never signed out, so that a client learns of it; keys that cannot be read reject with their own error.
   */
  verify(authorization: string | undefined): Promise<VerifiedToken | null>;
}

/** A token, and until when its signature need not be checked again. */
interface CheckedToken extends VerifiedToken {
  /** On the clock of `performance.now()`. */
  readonly checkedUntil: number;
}

export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const id = z.string().refine(isSnowflake);
const claims = z.object({ sub: id, sid: id, role: z.enum(['USER', 'MODERATOR', 'ADMIN']), exp: z.number() });

const CLOCK_SKEW_SECONDS = 5;
const KEPT_TOKENS = 20_000;
const KEPT_MS = 60_000;
/** Of an `Authorization` value. */
const MOST_CHARACTERS = 4_096;
const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+) *$/i;
const SCHEME_CHARACTERS = 'Bearer '.length;

export interface AccessTokensOptions {
  readonly keySet: KeySet;
  readonly revoked: RevokedSessions;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

function tokenIn(authorization: string): string {
  const token = authorization.length <= MOST_CHARACTERS ? BEARER.exec(authorization)?.[1] : undefined;
  if (token === undefined) throw new InvalidToken();
  return token;
}

/** Verifies access tokens: signed by the users subgraph (EdDSA), for this service, not expired, session not ended. */
export function createAccessTokens({ keySet, revoked, now = Date.now }: AccessTokensOptions): AccessTokens {
  // A signature costs more to check than a small query to answer; a token comes with every request of its session. By the values
  // in which they come.
  const checked = new SecondChance<string, CheckedToken>(KEPT_TOKENS);

  async function check(token: string): Promise<CheckedToken> {
    const checkedUntil = performance.now() + KEPT_MS;
    try {
      const { payload } = await jwtVerify(token, keySet.keyOf, {
        algorithms: ['EdDSA'],
        issuer: 'starling',
        audience: 'starling',
        typ: 'at+jwt',
        requiredClaims: ['exp', 'iat', 'sub', 'sid', 'role'],
        clockTolerance: CLOCK_SKEW_SECONDS,
        maxTokenAge: MAX_TOKEN_SECONDS,
        currentDate: new Date(now()),
      });
      const { sub, sid, role, exp } = claims.parse(payload);
      return { viewer: { userId: sub, sessionId: sid, role }, expiresAt: exp * 1_000, checkedUntil };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new InvalidToken();
      throw error;
    }
  }

  return {
    async verify(authorization) {
      if (authorization === undefined || authorization === '') return null;
      let found = checked.get(authorization);
      if (!found || performance.now() > found.checkedUntil) {
        const token = tokenIn(authorization);
        found = await check(token);
        // With more spaces there are thousands of values for one token: whoever sends them all would push out everybody else's.
        if (authorization.length === SCHEME_CHARACTERS + token.length) checked.set(authorization, found);
      }
      const tooOld = now() > found.expiresAt + CLOCK_SKEW_SECONDS * 1_000;
      if (tooOld || revoked.has(found.viewer.sessionId)) throw new InvalidToken();
      return found;
    },
  };
}
