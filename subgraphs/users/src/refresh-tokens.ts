import { createHash, randomBytes } from 'node:crypto';

export const REFRESH_TOKEN_LIFETIME_MS = 30 * 24 * 60 * 60 * 1_000;

/** 256 random bits. Nothing but its hash is kept. */
export function makeRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isRefreshToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** The token is random through and through, so that a plain hash of it cannot be turned back by guessing. */
export function hashRefreshToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
