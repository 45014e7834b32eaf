import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetExpiredSessions } from '../src/expired-sessions.ts';
import { hashPassword } from '../src/index.ts';
import { type Member, PASSWORD, startUsers, type TestUsers, type Tokens, viewerOf } from './support/users.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let users: TestUsers;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

const refresh = ({ refreshToken }: Tokens) => users.mutate(null, 'refreshSession', { refreshToken });
const EXPIRED = { tokens: null, userErrors: [{ code: 'EXPIRED', field: ['input', 'refreshToken'] }] };

async function refreshed(tokens: Tokens): Promise<Tokens> {
  const payload = await refresh(tokens);
  if (!payload.tokens) throw new Error(JSON.stringify(payload.userErrors));
  return payload.tokens;
}

async function liveSessions({ viewer }: Member): Promise<{ id: string; device: string; isCurrent: boolean }[]> {
  const document = '{ sessions { id device isCurrent } }';
  return (await users.read<{ sessions: { id: string; device: string; isCurrent: boolean }[] }>(viewer, document))
    .sessions;
}

const revocations = async ({ id }: Member) =>
  (await users.eventsOf('users.session', id)).map(({ payload }) => [payload.sessionId, payload.reason]);

describe('logIn', () => {
  let ada: Member;
  beforeAll(async () => {
    ada = await users.register('Ada');
  });

  test.each(['Ada', 'aDA', ' ada ', 'ada@mail.example', 'ADA@Mail.Example'])('knows %j', async (login) => {
    const { user, tokens, userErrors } = await users.mutate(null, 'logIn', { login, password: PASSWORD });
    expect(userErrors).toEqual([]);
    expect(user).toMatchObject({ id: ada.id, account: { email: 'ada@mail.example' } });
    expect(tokens && viewerOf(tokens).userId).toBe(ada.id);
  });

  test.each([
    ['Ada', 'wrong password'],
    ['nobody_here', PASSWORD],
    ['nobody@mail.example', PASSWORD],
    ['no such name at all', PASSWORD],
    ['x'.repeat(1_000), PASSWORD],
    ["' OR 1=1 --", PASSWORD],
  ])('answers %j with the same refusal', async (login, password) => {
    expect(await users.mutate(null, 'logIn', { login, password })).toEqual({
      user: null,
      tokens: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }],
    });
  });

  test.each([
    ['login', '', 'BLANK'],
    ['login', '  ', 'BLANK'],
    ['login', 'nul\u0000', 'INVALID'],
    ['login', '\ud800@mail.example', 'INVALID'],
    ['password', '', 'BLANK'],
    ['password', '\u0000', 'INVALID'],
    ['password', '\udc00', 'INVALID'],
    ['password', 'x'.repeat(257), 'TOO_LONG'],
    ['device', 'x'.repeat(101), 'TOO_LONG'],
    ['device', 'a\u009bb', 'INVALID'],
  ])('refuses %s %j as %s', async (field, value, code) => {
    const input = { login: 'Ada', password: PASSWORD, [field]: value };
    expect((await users.mutate(null, 'logIn', input)).userErrors).toEqual([{ code, field: ['input', field] }]);
  });

  test('does not care how a keyboard composed the password', async () => {
    const input = { username: 'composed', email: 'composed@mail.example', password: 'cafe\u0301 au lait' };
    await users.mutate(null, 'register', input);
    const { user } = await users.mutate(null, 'logIn', { login: 'composed', password: 'caf\u00e9 au lait' });
    expect(user).toMatchObject({ username: 'composed' });
  });

  test('refuses an account without a password, whatever is given', async () => {
    const nobody = await users.register('no_password');
    await users.database.pool.query('UPDATE users.accounts SET password_hash = NULL WHERE id = $1', [nobody.id]);
    const { userErrors } = await users.mutate(null, 'logIn', { login: 'no_password', password: PASSWORD });
    expect(userErrors).toEqual([{ code: 'INVALID_CREDENTIALS', field: null }]);
  });

  test('makes a hash anew that was made at another cost', async () => {
    const { id } = await users.register('old_hash');
    const old = await hashPassword(PASSWORD, { memoryKiB: 16, passes: 1, lanes: 1 });
    await users.database.pool.query('UPDATE users.accounts SET password_hash = $2 WHERE id = $1', [id, old]);
    await users.mutate(null, 'logIn', { login: 'old_hash', password: PASSWORD });
    const { rows } = await users.database.pool.query('SELECT password_hash FROM users.accounts WHERE id = $1', [id]);
    expect(rows[0].password_hash).toContain('$m=8,t=1,p=1$');
    expect((await users.mutate(null, 'logIn', { login: 'old_hash', password: PASSWORD })).userErrors).toEqual([]);
  });

  test('keeps the 50 sessions used last and tells which it ended', async () => {
    const busy = await users.register('busy');
    for (let number = 0; number < 49; number += 1) {
      users.advance(1);
      await users.logIn(busy, `device ${number}`);
    }
    expect(await liveSessions(busy)).toHaveLength(50);
    users.advance(1);
    // Used last, the first session outlives the second.
    const first = await refreshed(busy.tokens);
    const second = (await liveSessions(busy)).find(({ device }) => device === 'device 0');
    users.advance(1);
    await users.logIn(busy, 'one more');
    const live = await liveSessions(busy);
    expect(live).toHaveLength(50);
    expect(live[0]).toMatchObject({ device: 'one more' });
    expect(live.map(({ device }) => device)).not.toContain('device 0');
    expect(await revocations(busy)).toEqual([[second?.id, 'REVOKED']]);
    expect((await refresh(first)).userErrors).toEqual([]);
  });

  test('by many at once never leaves more than 50 sessions', async () => {
    const crowd = await users.register('crowd');
    await Promise.all(Array.from({ length: 60 }, () => users.logIn(crowd)));
    const { rows } = await users.database.pool.query('SELECT count(*)::int FROM users.sessions WHERE user_id = $1', [
      crowd.id,
    ]);
    expect(rows[0].count).toBe(50);
    expect(await revocations(crowd)).toHaveLength(11);
  });
});

describe('refreshSession', () => {
  test('gives new tokens of the same session and moves its end', async () => {
    const member = await users.register('refresher');
    const read = '{ sessions { id createdAt lastUsedAt expiresAt } }';
    type Times = { sessions: { lastUsedAt: string; expiresAt: string }[] };
    const before = await users.read<Times>(member.viewer, read);
    users.advance(DAY_MS);
    const next = await refreshed(member.tokens);
    expect(viewerOf(next)).toEqual(member.viewer);
    expect(next.refreshToken).not.toBe(member.tokens.refreshToken);
    const after = await users.read<Times>(member.viewer, read);
    expect(after.sessions).toHaveLength(1);
    const [was, is] = [before.sessions[0], after.sessions[0]];
    expect(Date.parse(String(is?.lastUsedAt)) - Date.parse(String(was?.lastUsedAt))).toBeGreaterThanOrEqual(DAY_MS);
    expect(Date.parse(String(is?.expiresAt)) - Date.parse(String(is?.lastUsedAt))).toBe(30 * DAY_MS);
    expect(is?.expiresAt).toBe(next.refreshTokenExpiresAt);
  });

  test('goes on for months as long as it is done in time', async () => {
    const member = await users.register('faithful');
    let { tokens } = member;
    for (let month = 0; month < 4; month += 1) {
      users.advance(29 * DAY_MS);
      tokens = await refreshed(tokens);
    }
    expect(viewerOf(tokens)).toEqual(member.viewer);
    const { rows } = await users.database.pool.query(
      'SELECT count(*)::int FROM users.refresh_tokens WHERE session_id = $1',
      [member.viewer.sessionId],
    );
    // The newest and the one spent for it; those before are too old to be worth remembering.
    expect(rows[0].count).toBe(2);
  });

  test('is over after 30 days', async () => {
    const member = await users.register('sleeper');
    users.advance(30 * DAY_MS + 1);
    expect(await refresh(member.tokens)).toEqual(EXPIRED);
    expect(await liveSessions(member)).toEqual([]);
    expect(await revocations(member)).toEqual([]);
  });

  test('with a spent token ends the session for both who hold it, and no other', async () => {
    const member = await users.register('robbed');
    const elsewhere = await users.logIn(member, 'elsewhere');
    const next = await refreshed(member.tokens);
    expect(await refresh(member.tokens)).toEqual(EXPIRED);
    expect(await refresh(next)).toEqual(EXPIRED);
    expect(await refresh(member.tokens)).toEqual(EXPIRED);
    expect(await revocations(member)).toEqual([[member.viewer.sessionId, 'TOKEN_REUSED']]);
    expect((await refresh(elsewhere.tokens)).userErrors).toEqual([]);
  });

  test('with the same token many times at once has one winner, and the reuse ends the session', async () => {
    const member = await users.register('twins');
    const payloads = await Promise.all(Array.from({ length: 8 }, () => refresh(member.tokens)));
    const winners = payloads.filter(({ tokens }) => tokens);
    expect(winners).toHaveLength(1);
    expect(payloads.filter(({ tokens }) => !tokens)).toEqual(Array(7).fill(EXPIRED));
    expect(await revocations(member)).toEqual([[member.viewer.sessionId, 'TOKEN_REUSED']]);
    expect(await refresh(winners[0]?.tokens as Tokens)).toEqual(EXPIRED);
  });

  test('races with the end of the session without harm', async () => {
    const member = await users.register('racing');
    const sessions = await Promise.all(Array.from({ length: 10 }, () => users.logIn(member)));
    await Promise.all(
      sessions.flatMap(({ tokens }) => [
        refresh(tokens),
        users.mutate(null, 'logOut', { refreshToken: tokens.refreshToken }),
      ]),
    );
    expect(await liveSessions(member)).toHaveLength(1);
    expect(await revocations(member)).toHaveLength(10);
  });

  test.each([
    ['', 'INVALID'],
    ['garbage', 'INVALID'],
    [`${'A'.repeat(42)}=`, 'INVALID'],
    ['\ud800'.repeat(43), 'INVALID'],
    ['nul\u0000', 'INVALID'],
    ['x'.repeat(1_000), 'INVALID'],
    ['A'.repeat(43), 'EXPIRED'],
  ])('refuses %j as %s', async (refreshToken, code) => {
    expect(await users.mutate(null, 'refreshSession', { refreshToken })).toEqual({
      tokens: null,
      userErrors: [{ code, field: ['input', 'refreshToken'] }],
    });
  });

  test.each([[{}], [{ refreshToken: null }], [{ refreshToken: 7 }], [null]])(
    '%j is none of the schema',
    async (input) => {
      const { data, errors } = await users.send(null, 'refreshSession', input);
      expect(data).toBeNull();
      expect(errors).toHaveLength(1);
    },
  );
});

describe('logOut', () => {
  test('ends the session, once', async () => {
    const member = await users.register('leaver');
    const { refreshToken } = member.tokens;
    expect(await users.mutate(null, 'logOut', { refreshToken })).toEqual({ userErrors: [] });
    expect(await users.mutate(null, 'logOut', { refreshToken })).toEqual({ userErrors: [] });
    expect(await refresh(member.tokens)).toEqual(EXPIRED);
    expect(await revocations(member)).toEqual([[member.viewer.sessionId, 'LOGGED_OUT']]);
  });

  test.each(['', 'garbage', 'A'.repeat(43), '\ud800', '\u0000'])('takes %j silently', async (refreshToken) => {
    expect(await users.mutate(null, 'logOut', { refreshToken })).toEqual({ userErrors: [] });
  });
});

describe('sessions and revokeSession', () => {
  let asker: Member;
  beforeAll(async () => {
    asker = await users.register('session_asker');
  });

  test('are told to their owner alone, the last used first', async () => {
    const member = await users.register('several');
    users.advance(1_000);
    await users.logIn(member, 'Phone');
    users.advance(1_000);
    await users.logIn(member, '  ');
    expect((await liveSessions(member)).map(({ device, isCurrent }) => [device, isCurrent])).toEqual([
      ['Unknown device', false],
      ['Phone', false],
      ['Unknown device', true],
    ]);
    const { errors } = await users.ask(null, '{ sessions { id } }');
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('an ended session cannot be used or ended again', async () => {
    const member = await users.register('revoker');
    const phone = await users.logIn(member, 'Phone');
    const { sessionId } = phone.viewer;
    expect(await users.mutate(member.viewer, 'revokeSession', { sessionId })).toEqual({ userErrors: [] });
    expect((await liveSessions(member)).map(({ id }) => id)).toEqual([member.viewer.sessionId]);
    expect(await refresh(phone.tokens)).toEqual(EXPIRED);
    expect((await users.mutate(member.viewer, 'revokeSession', { sessionId })).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'sessionId'] },
    ]);
    expect(await revocations(member)).toEqual([[sessionId, 'REVOKED']]);
  });

  test("somebody else's session, and what is none, are not found and stay", async () => {
    const owner = await users.register('owner_of_it');
    const other = await users.register('other');
    for (const sessionId of [owner.viewer.sessionId, owner.id, '1']) {
      expect((await users.mutate(other.viewer, 'revokeSession', { sessionId })).userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['input', 'sessionId'] },
      ]);
    }
    expect((await refresh(owner.tokens)).userErrors).toEqual([]);
  });

  test.each([
    '',
    'abc',
    '0',
    '-1',
    '007',
    ' 42',
    '1.5',
    '9223372036854775808',
    '1'.repeat(1_000),
    '4\u00002',
    '\ud800',
  ])('the id %j is malformed', async (sessionId) => {
    const { errors } = await users.send(asker.viewer, 'revokeSession', { sessionId });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'BAD_USER_INPUT', argument: 'input.sessionId' },
    ]);
  });

  test('expired ones are forgotten in the background', async () => {
    const member = await users.register('forgotten');
    users.advance(31 * DAY_MS);
    const kept = await users.register('remembered');
    const { database } = users;
    const later = new Date(Date.parse(kept.tokens.refreshTokenExpiresAt) - 1);
    await forgetExpiredSessions({ database, now: () => later });
    const { rows } = await database.pool.query<{ id: string }>(
      'SELECT user_id AS id FROM users.sessions WHERE user_id = ANY($1::bigint[])',
      [[member.id, kept.id]],
    );
    expect(rows).toEqual([{ id: kept.id }]);
  });
});
