import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSigningKeys } from '../src/signing-keys.ts';
import { type Member, startUsers, type TestUsers, type Tokens } from './support/users.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let users: TestUsers;
let member: Member;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);

beforeEach(async () => {
  ahead = 0;
  users = await startUsers({ now });
  member = await users.register('bearer');
});
afterEach(() => users.stop());

async function verify({ accessToken }: Tokens) {
  const keys = createLocalJWKSet(await users.subgraph.keySet());
  return jwtVerify(accessToken, keys, {
    issuer: 'starling',
    audience: 'starling',
    typ: 'at+jwt',
    algorithms: ['EdDSA'],
    currentDate: now(),
  });
}

const keyIds = async () => (await users.subgraph.keySet()).keys.map(({ kid }) => kid);
const signerOf = ({ accessToken }: Tokens) => decodeProtectedHeader(accessToken).kid;

test('a token says who, which session and which role, for ten minutes', async () => {
  const { payload, protectedHeader } = await verify(member.tokens);
  expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: (await keyIds())[0] });
  expect(payload).toEqual({
    iss: 'starling',
    aud: 'starling',
    sub: member.id,
    sid: member.viewer.sessionId,
    role: 'USER',
    iat: expect.any(Number),
    exp: (payload.iat ?? 0) + 600,
  });
  expect(Date.parse(member.tokens.accessTokenExpiresAt)).toBe((payload.exp ?? 0) * 1_000);
  ahead = 10 * MINUTE_MS + 1_000;
  await expect(verify(member.tokens)).rejects.toThrow('exp');
});

test('a new role is in the next token', async () => {
  await users.database.pool.query(`UPDATE users.accounts SET role = 'MODERATOR' WHERE id = $1`, [member.id]);
  const { tokens } = await users.mutate(null, 'refreshSession', { refreshToken: member.tokens.refreshToken });
  expect((await verify(tokens as Tokens)).payload.role).toBe('MODERATOR');
});

test('the key set has public keys only', async () => {
  const { keys } = await users.subgraph.keySet();
  expect(keys).toEqual([
    { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), alg: 'EdDSA', use: 'sig' },
  ]);
});

test('a token that was changed, or signed by somebody else, is none', async () => {
  const [header = '', body = '', signature = ''] = member.tokens.accessToken.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'ADMIN' })).toString('base64url');
  await expect(verify({ ...member.tokens, accessToken: `${header}.${forged}.${signature}` })).rejects.toThrow();
});

test('keys take turns, known before they sign and after they have signed, and nobody is logged out', async () => {
  const [first] = await keyIds();
  let { tokens } = member;
  const refresh = async () => {
    const payload = await users.mutate(null, 'refreshSession', { refreshToken: tokens.refreshToken });
    tokens = payload.tokens as Tokens;
    await verify(tokens);
    return signerOf(tokens);
  };

  ahead = 28 * DAY_MS;
  expect(await refresh()).toBe(first);
  expect(await keyIds()).toEqual([first]);

  // A day before its turn the next key is published, and does not sign yet.
  ahead = 29 * DAY_MS + MINUTE_MS;
  expect(await refresh()).toBe(first);
  const [, second] = await keyIds();
  expect(await keyIds()).toEqual([first, second]);
  expect(second).not.toBe(first);

  ahead = 30 * DAY_MS - MINUTE_MS;
  expect(await refresh()).toBe(first);
  const last = tokens;

  // Its turn: tokens of the first key are good until they expire.
  ahead = 30 * DAY_MS + 8 * MINUTE_MS;
  expect(await refresh()).toBe(second);
  await verify(last);
  expect(await keyIds()).toEqual([first, second]);

  ahead = 30 * DAY_MS + 70 * MINUTE_MS;
  expect(await keyIds()).toEqual([second]);
  const { rows } = await users.database.pool.query('SELECT id FROM users.signing_keys');
  expect(rows).toEqual([{ id: second }]);
  expect(await refresh()).toBe(second);
});

test('after a pause of months the old key signs until the new one has been public for a day', async () => {
  const [first] = await keyIds();
  ahead = 90 * DAY_MS;
  const { tokens } = await users.mutate(null, 'logIn', { login: 'bearer', password: member.password });
  expect(signerOf(tokens as Tokens)).toBe(first);
  const [, second] = await keyIds();
  ahead += DAY_MS + MINUTE_MS;
  const later = await users.mutate(null, 'logIn', { login: 'bearer', password: member.password });
  expect(signerOf(later.tokens as Tokens)).toBe(second);
});

test('processes share the keys, also when all of them start at once on an empty database', async () => {
  await users.database.pool.query('DELETE FROM users.signing_keys');
  const processes = Array.from({ length: 6 }, () => createSigningKeys(users.database, now));
  const sets = await Promise.all(processes.map((keys) => keys.keySet()));
  expect(sets[0]?.keys).toHaveLength(1);
  for (const set of sets) expect(set).toEqual(sets[0]);
});

test('keys are not asked of the database for every token', async () => {
  const names: string[] = [];
  const stop = users.database.onStatement((name) => names.push(name));
  await Promise.all(Array.from({ length: 5 }, () => users.logIn(member)));
  stop();
  expect(names.filter((name) => name.includes('SigningKeys'))).toEqual([]);
});

test('keys are read anew though everybody who signs has a connection and no other is left', async () => {
  const few = await startUsers({ now, maxConnections: 2 });
  try {
    const { tokens } = await few.register('ada');
    const { tokens: others } = await few.register('bo');
    const refresh = ({ refreshToken }: Tokens) => few.mutate(null, 'refreshSession', { refreshToken });
    ahead = 6 * MINUTE_MS;
    const names: string[] = [];
    const stop = few.database.onStatement((name) => names.push(name));
    const payloads = await Promise.all([refresh(tokens), refresh(others)]);
    stop();
    expect(payloads.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    expect(names).toContain('users.listSigningKeys');
  } finally {
    await few.stop();
  }
});
