import type { Database } from '@starling/platform/postgres';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import {
  deleteSigningKeys,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  type SigningKeyRow,
} from './signing-key-store.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** For how long a key signs. */
const SIGNING_PERIOD_MS = 30 * DAY_MS;
/** A key is in the key set for this long before it signs: verifiers that keep the set for hours know it by then. */
const PUBLISHED_AHEAD_MS = DAY_MS;
/** A key stays in the set for this long after its successor took over: a token's lifetime, and ample time for late clocks. */
const KEPT_AFTERWARDS_MS = 60 * MINUTE_MS;
/** Processes look for what others have done to the keys this often, a small part of both times above. */
const RELOADED_AFTER_MS = 5 * MINUTE_MS;

export type SigningKey = Awaited<ReturnType<typeof importJWK>>;

/** A private key, and the name by which its public half is found. */
export interface NamedKey {
  readonly id: string;
  readonly key: SigningKey;
}

export interface SigningKeys {
  /**
   * The key that signs now. It may have to be read, on a connection of its own: whoever holds one in a transaction asks before
   * that, since with as many waiting here as there are connections, none would be left to read it on.
   */
  current(): Promise<NamedKey>;
  /** The public halves: of the key that signs, of the next one, and of earlier ones while their tokens live. */
  keySet(): Promise<JSONWebKeySet>;
}

async function makeKey(signsFrom: Date): Promise<SigningKeyRow> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const privateJwk = await exportJWK(privateKey);
  return { id: await calculateJwkThumbprint(privateJwk), privateJwk, signsFrom };
}

/** When the key that follows has to be made, and when it signs; at once when there is none yet. */
function successorOf(newest: SigningKeyRow | undefined, now: number): Date | undefined {
  if (!newest) return new Date(now);
  const end = newest.signsFrom.getTime() + SIGNING_PERIOD_MS;
  return now < end - PUBLISHED_AHEAD_MS ? undefined : new Date(Math.max(end, now + PUBLISHED_AHEAD_MS));
}

/** Brings the keys up to date: makes the next one in time, forgets those whose tokens have all expired. */
async function rotate(database: Database, now: number): Promise<SigningKeyRow[]> {
  return database.transaction(async (transaction) => {
    await lockSigningKeys(transaction);
    const keys = await listSigningKeys(transaction);
    const signsFrom = successorOf(keys.at(-1), now);
    if (signsFrom) {
      const key = await makeKey(signsFrom);
      await insertSigningKey(transaction, key);
      keys.push(key);
    }
    const isOver = (index: number) => {
      const successor = keys[index + 1];
      return successor !== undefined && successor.signsFrom.getTime() + KEPT_AFTERWARDS_MS <= now;
    };
    const over = keys.filter((_, index) => isOver(index));
    if (over.length > 0)
      await deleteSigningKeys(
        transaction,
        over.map(({ id }) => id),
      );
    return keys.filter((key) => !over.includes(key));
  });
}

function toPublic({ id, privateJwk: { kty, crv, x } }: SigningKeyRow): JWK {
  return { kty, crv, x, kid: id, alg: 'EdDSA', use: 'sig' } as JWK;
}

/** Keys are looked after as they are used: nothing ticks while nobody logs in and nobody verifies. */
export function createSigningKeys(database: Database, now: () => Date): SigningKeys {
  let loaded: { at: number; keys: Promise<SigningKeyRow[]> } | undefined;
  const imported = new Map<string, Promise<SigningKey>>();

  const load = (): Promise<SigningKeyRow[]> => {
    const at = now().getTime();
    if (!loaded || Math.abs(at - loaded.at) >= RELOADED_AFTER_MS) {
      const loading = { at, keys: rotate(database, at) };
      loaded = loading;
      loading.keys.catch(() => {
        if (loaded === loading) loaded = undefined;
      });
    }
    return loaded.keys;
  };

  return {
    async current() {
      const keys = await load();
      const at = now();
      const row = keys.findLast(({ signsFrom }) => signsFrom <= at) ?? keys[0];
      if (!row) throw new Error('There is no key to sign with.');
      const key = imported.get(row.id) ?? importJWK(row.privateJwk, 'EdDSA');
      imported.set(row.id, key);
      return { id: row.id, key: await key };
    },
    async keySet() {
      return { keys: (await load()).map(toPublic) };
    },
  };
}
