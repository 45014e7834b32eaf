import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) });

const DEADLINE_MS = 5_000;

/** Reads the public keys where the users subgraph publishes them. */
export function remoteKeys(usersUrl: string): () => Promise<JSONWebKeySet> {
  const address = new URL('/.well-known/jwks.json', usersUrl);
  return async () => {
    const response = await fetch(address, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch((cause: unknown) => {
      throw new Error(`No users subgraph answers at USERS_URL (${address.origin}).`, { cause });
    });
    if (!response.ok) {
      throw new Error(`What answers at USERS_URL (${address.origin}) has no public keys: status ${response.status}.`);
    }
    return keySet.parse(await response.json());
  };
}
