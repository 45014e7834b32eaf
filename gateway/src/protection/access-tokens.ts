import type { Viewer } from '@starling/platform/identity';
import { isSnowflake } from '@starling/platform/snowflake';
import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
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

export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const id = z.string().refine(isSnowflake);
const claims = z.object({ sub: id, sid: id, role: z.enum(['USER', 'MODERATOR', 'ADMIN']), exp: z.number() });

const CLOCK_SKEW_SECONDS = 5;
const KEPT_TOKENS = 20_000;
const KEPT_MS = 60_000;
const LONGEST_TOKEN = 4_096;

export interface AccessTokensOptions {
  readonly keySet: KeySet;
  readonly revoked: RevokedSessions;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** Verifies access tokens: signed by the users subgraph (EdDSA), for this service, not expired, session not ended. */
export function createAccessTokens({ keySet, revoked, now = Date.now }: AccessTokensOptions): AccessTokens {
  // A signature costs more to check than a small query to answer; a token comes with every request of its session.
  const verified = new LRUCache<string, VerifiedToken>({ max: KEPT_TOKENS, ttl: KEPT_MS });

  async function check(token: string): Promise<VerifiedToken> {
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
      return { viewer: { userId: sub, sessionId: sid, role }, expiresAt: exp * 1_000 };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new InvalidToken();
      throw error;
    }
  }

  return {
    async verify(authorization) {
      if (authorization === undefined || authorization === '') return null;
      const token = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+) *$/i.exec(authorization)?.[1];
      if (token === undefined || token.length > LONGEST_TOKEN) throw new InvalidToken();
      let found = verified.get(token);
      if (!found) {
        found = await check(token);
        verified.set(token, found);
      }
      const tooOld = now() > found.expiresAt + CLOCK_SKEW_SECONDS * 1_000;
      if (tooOld || revoked.has(found.viewer.sessionId)) throw new InvalidToken();
      return found;
    },
  };
}
