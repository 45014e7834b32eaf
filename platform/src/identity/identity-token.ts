import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from './identity.ts';

/** The one header that carries an identity from the gateway to a subgraph. No client's header is ever forwarded. */
export const IDENTITY_HEADER = 'starling-identity';

/** Seconds for which a token is good: the time to open a connection and send it, not the time of the work behind it. */
export const IDENTITY_TOKEN_SECONDS = 30;

/** How far apart, in seconds, the clocks of gateway and subgraph may be. */
const CLOCK_SKEW_SECONDS = 5;

const SHORTEST_SECRET = 32;

const claims = z.object({
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  requestId: z.string().min(1).max(128),
  viewer: z
    .object({
      userId: z.string().min(1),
      sessionId: z.string().min(1),
      role: z.enum(['USER', 'MODERATOR', 'ADMIN']),
    })
    .nullable(),
});

export interface IdentityTokenOptions {
  /** Shared by the gateway and the subgraphs, at least 32 characters; whoever knows it can be anybody. */
  readonly secret: string;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export interface IdentitySigner {
  /** A token that only the subgraph of this name accepts, for a few seconds. */
  sign(identity: Identity, audience: string): string;
}

export interface IdentityVerifier {
  /** The identity of a token that was signed for this audience and is not yet too old; else null. */
  verify(token: unknown): Identity | null;
  /** The same for who means to use it more than once. */
  open(token: unknown): OpenedToken | null;
}

/** What a token says, whose seal was looked at. */
export interface OpenedToken {
  readonly identity: Identity;
  /** Whether it is not yet too old. */
  isGood(): boolean;
}

function macWith(secret: string): (body: string) => Buffer {
  if (secret.length < SHORTEST_SECRET) {
    throw new Error(`IDENTITY_SECRET must have at least ${SHORTEST_SECRET} characters.`);
  }
  return (body) => createHmac('sha256', secret).update(body).digest();
}

export function createIdentitySigner({ secret, now = Date.now }: IdentityTokenOptions): IdentitySigner {
  const mac = macWith(secret);
  return {
    sign({ viewer, requestId }, audience) {
      const iat = Math.floor(now() / 1_000);
      const content: z.input<typeof claims> = {
        aud: audience,
        iat,
        exp: iat + IDENTITY_TOKEN_SECONDS,
        requestId,
        viewer: viewer && { userId: viewer.userId, sessionId: viewer.sessionId, role: viewer.role },
      };
      const body = Buffer.from(JSON.stringify(content)).toString('base64url');
      return `${body}.${mac(body).toString('base64url')}`;
    },
  };
}

export function createIdentityVerifier({
  secret,
  audience,
  now = Date.now,
}: IdentityTokenOptions & { readonly audience: string }): IdentityVerifier {
  const mac = macWith(secret);

  function open(token: unknown): OpenedToken | null {
    const parts = typeof token === 'string' && token.length <= 2_048 ? token.split('.') : [];
    const [body, seal] = parts;
    if (parts.length !== 2 || !body || !seal) return null;
    const expected = mac(body);
    const given = Buffer.from(seal, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    // The seal is ours: what it covers was written by `sign`, though perhaps by another release of it.
    const content = claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    if (!content.success || content.data.aud !== audience) return null;
    const { iat, exp, viewer, requestId } = content.data;
    const isGood = () => {
      const seconds = now() / 1_000;
      return seconds >= iat - CLOCK_SKEW_SECONDS && seconds <= exp + CLOCK_SKEW_SECONDS;
    };
    return isGood() ? { identity: { viewer, requestId }, isGood } : null;
  }

  return { open, verify: (token) => open(token)?.identity ?? null };
}
