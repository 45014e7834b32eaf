import { type Queryable, statement } from '@starling/platform/postgres';
import type { JWK } from 'jose';

export interface SigningKeyRow {
  readonly id: string;
  readonly privateJwk: JWK;
  readonly signsFrom: Date;
}

const lock = statement(
  'users.lockSigningKeys',
  `SELECT pg_advisory_xact_lock(hashtextextended('users.signing_keys', 0))`,
);

/** One process at a time makes and removes keys, until its transaction ends. */
export async function lockSigningKeys(transaction: Queryable): Promise<void> {
  await transaction.query(lock);
}

const list = statement(
  'users.listSigningKeys',
  'SELECT id, private_jwk AS "privateJwk", signs_from AS "signsFrom" FROM users.signing_keys ORDER BY signs_from',
);

export function listSigningKeys(database: Queryable): Promise<SigningKeyRow[]> {
  return database.query(list);
}

const insert = statement(
  'users.insertSigningKey',
  'INSERT INTO users.signing_keys (id, private_jwk, signs_from) VALUES ($1, $2, $3)',
);

export async function insertSigningKey(transaction: Queryable, key: SigningKeyRow): Promise<void> {
  await transaction.query(insert, [key.id, JSON.stringify(key.privateJwk), key.signsFrom]);
}

const remove = statement('users.deleteSigningKeys', 'DELETE FROM users.signing_keys WHERE id = ANY($1::text[])');

export async function deleteSigningKeys(transaction: Queryable, ids: readonly string[]): Promise<void> {
  await transaction.query(remove, [ids]);
}
