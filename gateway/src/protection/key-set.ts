import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';

export interface KeySetOptions {
  /** Where the keys come from: the users subgraph, in process or over HTTP. */
  readonly load: () => Promise<JSONWebKeySet>;
  readonly logger: Logger;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export interface KeySet {
  /** The keys by which tokens are verified, for publishing. */
  published(): Promise<JSONWebKeySet>;
  /** The key that a token names. An unknown name makes the keys be read again, though not more often than every 5 s. */
  readonly keyOf: JWTVerifyGetKey;
}

const MAX_AGE_MS = 5 * 60_000;
const LEAST_BETWEEN_READS_MS = 5_000;

/** The public keys, kept between requests: rotated keys are found by their new names, and old ones forgotten in time. */
export function createKeySet({ load, logger, now = Date.now }: KeySetOptions): KeySet {
  let kept: { readonly set: JSONWebKeySet; readonly find: JWTVerifyGetKey } | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    readAt = now();
    const set = await load();
    kept = { set, find: createLocalJWKSet(set) };
  }

  /** One reading at a time, shared by all that want it; with older keys at hand, its failure is only logged. */
  function refresh(): Promise<void> {
    reading ??= read()
      .catch((error: unknown) => {
        if (!kept) throw error;
        logger.warn({ err: error }, 'The public keys could not be read again');
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  async function current(): Promise<NonNullable<typeof kept>> {
    if (!kept || now() - readAt > MAX_AGE_MS) await refresh();
    if (!kept) throw new Error('There are no public keys.');
    return kept;
  }

  return {
    published: async () => (await current()).set,
    async keyOf(header, token) {
      const { find } = await current();
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || now() - readAt < LEAST_BETWEEN_READS_MS) throw error;
        await refresh();
        return await (await current()).find(header, token);
      }
    },
  };
}
