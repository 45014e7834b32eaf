import { snowflakeDate } from '@starling/platform/snowflake';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startUsers, type TestUsers, viewerOf } from './support/users.ts';

let users: TestUsers;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

const good = { username: 'newcomer', email: 'newcomer@mail.example', password: PASSWORD };

async function accounts(): Promise<number> {
  const { rows } = await users.database.pool.query<{ count: number }>('SELECT count(*)::int FROM users.accounts');
  return rows[0]?.count ?? 0;
}

test('an account begins with its names, a session, and an event that has no more than it needs', async () => {
  const input = {
    username: 'Ada_L',
    email: '  Ada@Mail.Example ',
    password: PASSWORD,
    displayName: '  Ada Lovelace ',
    device: 'Engine',
  };
  const { user, tokens, userErrors } = await users.mutate(null, 'register', input);
  expect(userErrors).toEqual([]);
  expect(user).toEqual({
    id: expect.stringMatching(/^\d+$/),
    username: 'Ada_L',
    displayName: 'Ada Lovelace',
    bio: null,
    location: null,
    website: null,
    isVerified: false,
    isProtected: false,
    createdAt: snowflakeDate(String(user?.id)).toISOString(),
    account: { email: 'ada@mail.example', role: 'USER' },
  });
  if (!tokens) throw new Error('no tokens');
  const viewer = viewerOf(tokens);
  expect(viewer).toMatchObject({ userId: user?.id, role: 'USER' });
  expect(await users.read(viewer, '{ viewer { id } sessions { device isCurrent } }')).toEqual({
    viewer: { id: user?.id },
    sessions: [{ device: 'Engine', isCurrent: true }],
  });
  expect(await users.eventsOf('users.account', viewer.userId)).toEqual([
    { name: 'account.registered.v1', payload: { userId: viewer.userId, username: 'Ada_L' } },
  ]);
});

test('the display name is the username when there is none, and the device is unknown', async () => {
  const { viewer } = await users.register('plain');
  expect(await users.read(viewer, '{ viewer { displayName } sessions { device } }')).toEqual({
    viewer: { displayName: 'plain' },
    sessions: [{ device: 'Unknown device' }],
  });
});

test('passwords are kept as argon2id hashes, refresh tokens as SHA-256', async () => {
  const { id, tokens } = await users.register('hashed');
  const { rows } = await users.database.pool.query(
    `SELECT password_hash, length(hash) FROM users.accounts a
       JOIN users.sessions s ON s.user_id = a.id JOIN users.refresh_tokens t ON t.session_id = s.id WHERE a.id = $1`,
    [id],
  );
  expect(rows).toEqual([{ password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/), length: 32 }]);
  expect(tokens.refreshToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('names are taken whatever the case of their letters, and all that is wrong is told at once', async () => {
  await users.register('Taken');
  const before = await accounts();
  const again = { username: 'tAKEN', email: 'TAKEN@mail.EXAMPLE', password: PASSWORD };
  expect((await users.mutate(null, 'register', again)).userErrors).toEqual([
    { code: 'TAKEN', field: ['input', 'username'] },
    { code: 'TAKEN', field: ['input', 'email'] },
  ]);
  const wrong = { username: '', email: 'x', password: 'short', displayName: ' ', device: 'a\nb' };
  expect(await users.mutate(null, 'register', wrong)).toEqual({
    user: null,
    tokens: null,
    userErrors: [
      { code: 'BLANK', field: ['input', 'username'] },
      { code: 'INVALID', field: ['input', 'email'] },
      { code: 'TOO_SHORT', field: ['input', 'password'] },
      { code: 'BLANK', field: ['input', 'displayName'] },
      { code: 'INVALID', field: ['input', 'device'] },
    ],
  });
  expect(await accounts()).toBe(before);
});

test('of many who want the same name at once one gets it', async () => {
  const inputs = Array.from({ length: 8 }, (_, index) => ({
    username: index % 2 === 0 ? 'Racer' : 'rACER',
    email: `racer${index}@mail.example`,
    password: PASSWORD,
  }));
  const payloads = await Promise.all(inputs.map((input) => users.mutate(null, 'register', input)));
  expect(payloads.filter(({ user }) => user)).toHaveLength(1);
  expect(payloads.filter(({ user }) => !user).map(({ userErrors }) => userErrors)).toEqual(
    Array.from({ length: 7 }, () => [{ code: 'TAKEN', field: ['input', 'username'] }]),
  );
});

test('of many who want the same address at once one gets it', async () => {
  const inputs = Array.from({ length: 6 }, (_, index) => ({
    username: `mail_racer${index}`,
    email: index % 2 === 0 ? 'one@mail.example' : 'ONE@mail.example',
    password: PASSWORD,
  }));
  const payloads = await Promise.all(inputs.map((input) => users.mutate(null, 'register', input)));
  expect(payloads.filter(({ user }) => user)).toHaveLength(1);
  expect(payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(Array(5).fill('TAKEN'));
});

describe('refused', () => {
  test.each([
    ['username', '', 'BLANK'],
    ['username', 'sixteen_letters_', 'TOO_LONG'],
    ['username', 'with space', 'INVALID'],
    ['username', ' padded', 'INVALID'],
    ['username', 'dash-ed', 'INVALID'],
    ['username', 'Zoë', 'INVALID'],
    ['username', 'ａｄａ', 'INVALID'],
    ['username', 'nul\u0000', 'INVALID'],
    ['username', 'line\n', 'INVALID'],
    ['username', '\ud800', 'INVALID'],
    ['username', 'x'.repeat(1_000), 'TOO_LONG'],
    ['username', 'admin', 'RESERVED'],
    ['username', 'Starling', 'RESERVED'],
    ['email', '', 'BLANK'],
    ['email', '   ', 'BLANK'],
    ['email', 'nobody', 'INVALID'],
    ['email', 'a@b', 'INVALID'],
    ['email', 'a b@mail.example', 'INVALID'],
    ['email', 'a@@mail.example', 'INVALID'],
    ['email', '.a@mail.example', 'INVALID'],
    ['email', 'a@mail..example', 'INVALID'],
    ['email', 'a@-mail.example', 'INVALID'],
    ['email', `${'a'.repeat(65)}@mail.example`, 'INVALID'],
    ['email', `a@${'mail.'.repeat(60)}example`, 'TOO_LONG'],
    ['email', 'nul\u0000@mail.example', 'INVALID'],
    ['email', '\udc00@mail.example', 'INVALID'],
    ['password', '', 'BLANK'],
    ['password', 'seven77', 'TOO_SHORT'],
    ['password', '🐦🐦🐦🐦', 'TOO_SHORT'],
    ['password', 'e\u0301'.repeat(7), 'TOO_SHORT'],
    ['password', `${'ab'.repeat(128)}c`, 'TOO_LONG'],
    ['password', 'control\u0007s', 'INVALID'],
    ['password', 'unpaired\ud83d', 'INVALID'],
    ['password', 'password', 'WEAK_PASSWORD'],
    ['password', 'Password123!', 'WEAK_PASSWORD'],
    ['password', '\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44', 'WEAK_PASSWORD'],
    ['password', '12345678', 'WEAK_PASSWORD'],
    ['password', '87654321', 'WEAK_PASSWORD'],
    ['password', 'aaaaaaaaaa', 'WEAK_PASSWORD'],
    ['password', 'ababababab', 'WEAK_PASSWORD'],
    ['password', 'qwertyuiop', 'WEAK_PASSWORD'],
    ['password', 'Newcomer', 'WEAK_PASSWORD'],
    ['password', 'NEWCOMER@mail.example', 'WEAK_PASSWORD'],
    ['displayName', '', 'BLANK'],
    ['displayName', '\u200b\u200d', 'BLANK'],
    ['displayName', 'x'.repeat(51), 'TOO_LONG'],
    ['displayName', 'two\nlines', 'INVALID'],
    ['displayName', 'tab\t', 'INVALID'],
    ['displayName', '\udfff', 'INVALID'],
    ['device', 'x'.repeat(101), 'TOO_LONG'],
    ['device', 'esc\u001b[0m', 'INVALID'],
    ['device', '\ud800', 'INVALID'],
  ])('%s %j is %s', async (field, value, code) => {
    const before = await accounts();
    expect(await users.mutate(null, 'register', { ...good, [field]: value })).toEqual({
      user: null,
      tokens: null,
      userErrors: [{ code, field: ['input', field] }],
    });
    expect(await accounts()).toBe(before);
  });

  test.each([
    ['no username', { username: undefined }],
    ['no email', { email: undefined }],
    ['no password', { password: undefined }],
    ['null', { username: null }],
    ['a number', { username: 7 }],
    ['a list', { password: ['a', 'b'] }],
    ['an object', { displayName: {} }],
    ['a field that there is not', { role: 'ADMIN' }],
  ])('%s is none of the schema', async (_, change) => {
    const before = await accounts();
    const { data, errors } = await users.send(null, 'register', { ...good, ...change });
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(await accounts()).toBe(before);
  });
});

test('the longest of everything is accepted, counted in code points', async () => {
  const input = {
    username: 'fifteen_letters',
    email: `${'a'.repeat(64)}@mail.example`,
    password: `${'🐦é'.repeat(127)}xy`,
    displayName: '🐦'.repeat(50),
    device: '🐦'.repeat(100),
  };
  const { user, userErrors } = await users.mutate(null, 'register', input);
  expect(userErrors).toEqual([]);
  expect(user).toMatchObject({ displayName: input.displayName });
});

test('an international domain is kept in ASCII, so that both its forms are one address', async () => {
  const first = await users.mutate(null, 'register', { ...good, username: 'umlaut', email: 'a@bücher.example' });
  expect(first.user).toMatchObject({ account: { email: 'a@xn--bcher-kva.example' } });
  const second = await users.mutate(null, 'register', { ...good, username: 'ascii', email: 'a@XN--BCHER-KVA.example' });
  expect(second.userErrors).toEqual([{ code: 'TAKEN', field: ['input', 'email'] }]);
});
