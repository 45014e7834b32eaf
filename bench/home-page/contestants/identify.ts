import { createIdentitySigner, IDENTITY_HEADER, type Identity, signedOut } from '@starling/platform/identity';
import { createRemoteJWKSet, jwtVerify } from 'jose';

/** Where subgraphs are, by name, as the environment tells another gateway in front of them. */
export const addresses: Readonly<Record<string, string>> = JSON.parse(process.env.SUBGRAPHS ?? '{}');

const keys = createRemoteJWKSet(new URL(process.env.JWKS_URL ?? ''));
const signer = createIdentitySigner({ secret: process.env.IDENTITY_SECRET ?? '' });
const NOBODY = signedOut('another-gateway');

/** Who asks, of whom the token says so. */
export async function identify(authorization: string | null | undefined): Promise<Identity> {
  const token = authorization?.replace(/^Bearer /, '');
  if (!token) return NOBODY;
  const { payload } = await jwtVerify(token, keys, { issuer: 'starling', audience: 'starling' });
  const { sub = '', sid, role } = payload as { sub?: string; sid: string; role: 'USER' };
  return { requestId: NOBODY.requestId, viewer: { userId: sub, sessionId: sid, role } };
}

/** What a subgraph has to be sent to believe it. */
export function identityHeaders(identity: Identity | undefined, subgraph: string): Record<string, string> {
  return { [IDENTITY_HEADER]: signer.sign(identity ?? NOBODY, subgraph) };
}
