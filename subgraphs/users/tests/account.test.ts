import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Member, PASSWORD, startUsers, type TestUsers } from './support/users.ts';

let users: TestUsers;
let ada: Member;
let bob: Member;
beforeAll(async () => {
  users = await startUsers();
  ada = await users.register('Ada');
  bob = await users.register('Bob');
});
afterAll(() => users.stop());

const accountEvents = async ({ id }: Member) =>
  (await users.eventsOf('users.account', id)).slice(1).map(({ name, payload }) => [name, payload]);

function refusal(code: string, field: string | null) {
  return [{ code, field: field === null ? null : ['input', field] }];
}

test.each([
  ['changeUsername', { username: 'someone' }],
  ['changeEmail', { email: 'someone@mail.example', currentPassword: PASSWORD }],
  ['changePassword', { currentPassword: PASSWORD, newPassword: 'another good one' }],
  ['updateProfile', { bio: 'nobody' }],
  ['revokeSession', { sessionId: '1' }],
])('%s needs somebody who is logged in', async (mutation, input) => {
  const { data, errors } = await users.send(null, mutation, input);
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
});

test.each([
  ['changeUsername', {}],
  ['changeUsername', { username: null }],
  ['changeUsername', { username: 7 }],
  ['changeEmail', { email: 'a@mail.example' }],
  ['changePassword', { currentPassword: PASSWORD }],
  ['changePassword', { currentPassword: PASSWORD, newPassword: false }],
  ['updateProfile', null],
  ['updateProfile', { bio: 7 }],
  ['updateProfile', { isProtected: 'yes' }],
  ['updateProfile', { website: 'example.com' }],
  ['updateProfile', { website: 'javascript:alert(1)' }],
  ['updateProfile', { website: '' }],
  ['updateProfile', { username: 'x' }],
  ['revokeSession', {}],
])('%s of %j is none of the schema', async (mutation, input) => {
  const { data, errors } = await users.send(ada.viewer, mutation, input);
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
});

describe('changeUsername', () => {
  test('renames at once for every reader, frees the old name, and is an event', async () => {
    const member = await users.register('before');
    const look = (username: string) =>
      users.read<{ userByUsername: { id: string } | null }>(
        null,
        'query ($username: String!) { userByUsername(username: $username) { id } }',
        { username },
      );
    // Both names are in the cache: one with its account, one with nobody.
    expect(await look('before')).toEqual({ userByUsername: { id: member.id } });
    expect(await look('After')).toEqual({ userByUsername: null });

    const { user } = await users.mutate(member.viewer, 'changeUsername', { username: 'After' });
    expect(user).toMatchObject({ id: member.id, username: 'After' });
    expect(await look('BEFORE')).toEqual({ userByUsername: null });
    expect(await look('after')).toEqual({ userByUsername: { id: member.id } });
    expect(await users.read(null, `{ user(id: "${member.id}") { username } }`)).toEqual({
      user: { username: 'After' },
    });
    expect(await accountEvents(member)).toEqual([
      ['account.username-changed.v1', { userId: member.id, username: 'After', previousUsername: 'before' }],
    ]);

    const heir = await users.register('heir');
    await users.mutate(heir.viewer, 'changeUsername', { username: 'Before' });
    expect(await look('before')).toEqual({ userByUsername: { id: heir.id } });
    expect((await users.mutate(null, 'logIn', { login: 'after', password: PASSWORD })).user).toMatchObject({
      id: member.id,
    });
  });

  test('may change the case alone, and a name to itself is no event', async () => {
    const member = await users.register('casing');
    expect((await users.mutate(member.viewer, 'changeUsername', { username: 'CaSiNg' })).user).toMatchObject({
      username: 'CaSiNg',
    });
    expect((await users.mutate(member.viewer, 'changeUsername', { username: 'CaSiNg' })).userErrors).toEqual([]);
    expect(await accountEvents(member)).toHaveLength(1);
  });

  test.each([
    ['', 'BLANK'],
    ['sixteen_letters_', 'TOO_LONG'],
    ['sp ace', 'INVALID'],
    ['@bob', 'INVALID'],
    ['\u0000', 'INVALID'],
    ['\ud800', 'INVALID'],
    ['Support', 'RESERVED'],
    ['bOB', 'TAKEN'],
  ])('refuses %j as %s', async (username, code) => {
    expect(await users.mutate(ada.viewer, 'changeUsername', { username })).toEqual({
      user: null,
      userErrors: refusal(code, 'username'),
    });
    expect(await users.read(ada.viewer, '{ viewer { username } }')).toEqual({ viewer: { username: 'Ada' } });
    expect(await accountEvents(ada)).toEqual([]);
  });
});

describe('changeEmail', () => {
  test('is normalised, an event without the address, and good to log in with', async () => {
    const member = await users.register('mover');
    const input = { email: ' New.Home@Mail.Example', currentPassword: PASSWORD };
    const { user } = await users.mutate(member.viewer, 'changeEmail', input);
    expect(user).toMatchObject({ account: { email: 'new.home@mail.example' } });
    expect(await accountEvents(member)).toEqual([['account.email-changed.v1', { userId: member.id }]]);
    const logIn = (login: string) => users.mutate(null, 'logIn', { login, password: PASSWORD });
    expect((await logIn('NEW.home@mail.example')).user).toMatchObject({ id: member.id });
    expect((await logIn('mover@mail.example')).userErrors).toEqual(refusal('INVALID_CREDENTIALS', null));
    expect((await users.mutate(member.viewer, 'changeEmail', input)).userErrors).toEqual([]);
    expect(await accountEvents(member)).toHaveLength(1);
  });

  test.each([
    [{ email: '' }, 'BLANK', 'email'],
    [{ email: 'nonsense' }, 'INVALID', 'email'],
    [{ email: 'a\u0000@mail.example' }, 'INVALID', 'email'],
    [{ email: '\udfff@mail.example' }, 'INVALID', 'email'],
    [{ email: 'BOB@mail.example' }, 'TAKEN', 'email'],
    [{ currentPassword: 'wrong' }, 'INVALID_CREDENTIALS', 'currentPassword'],
    [{ currentPassword: '' }, 'BLANK', 'currentPassword'],
  ])('refuses %j as %s', async (change, code, field) => {
    const input = { email: 'free@mail.example', currentPassword: PASSWORD, ...change };
    expect(await users.mutate(ada.viewer, 'changeEmail', input)).toEqual({
      user: null,
      userErrors: refusal(code, field),
    });
    expect(await users.read(ada.viewer, '{ viewer { account { email } } }')).toEqual({
      viewer: { account: { email: 'ada@mail.example' } },
    });
    expect(await accountEvents(ada)).toEqual([]);
  });

  test("nobody sees somebody else's", async () => {
    const document = `{ user(id: "${bob.id}") { account { email role } } }`;
    expect(await users.read(bob.viewer, document)).toEqual({
      user: { account: { email: 'bob@mail.example', role: 'USER' } },
    });
    expect(await users.read(ada.viewer, document)).toEqual({ user: { account: null } });
    expect(await users.read(null, document)).toEqual({ user: { account: null } });
  });
});

describe('changePassword', () => {
  test('ends all other sessions and tells so', async () => {
    const member = await users.register('careful');
    const thief = await users.logIn(member, 'elsewhere');
    const input = { currentPassword: PASSWORD, newPassword: 'a better one, too' };
    expect(await users.mutate(member.viewer, 'changePassword', input)).toEqual({ userErrors: [] });
    expect(await users.read(member.viewer, '{ sessions { id } }')).toEqual({
      sessions: [{ id: member.viewer.sessionId }],
    });
    expect((await users.mutate(null, 'refreshSession', { refreshToken: thief.tokens.refreshToken })).tokens).toBeNull();
    expect(await users.eventsOf('users.session', member.id)).toEqual([
      {
        name: 'session.revoked.v1',
        payload: { userId: member.id, sessionId: thief.viewer.sessionId, reason: 'PASSWORD_CHANGED' },
      },
    ]);
    const logIn = (password: string) => users.mutate(null, 'logIn', { login: 'careful', password });
    expect((await logIn(PASSWORD)).userErrors).toEqual(refusal('INVALID_CREDENTIALS', null));
    expect((await logIn('a better one, too')).userErrors).toEqual([]);
  });

  test('twice at once happens once', async () => {
    const member = await users.register('hasty');
    const changes = ['first new password', 'second new password'].map((newPassword) =>
      users.mutate(member.viewer, 'changePassword', { currentPassword: PASSWORD, newPassword }),
    );
    const errors = (await Promise.all(changes)).flatMap(({ userErrors }) => userErrors);
    expect(errors).toEqual(refusal('INVALID_CREDENTIALS', 'currentPassword'));
  });

  test('leaves no session behind that began with the old password at the same time', async () => {
    const member = await users.register('besieged');
    const logIns = Array.from({ length: 12 }, () =>
      users.mutate(null, 'logIn', { login: 'besieged', password: PASSWORD }),
    );
    const input = { currentPassword: PASSWORD, newPassword: 'out with the others' };
    await Promise.all([...logIns, users.mutate(member.viewer, 'changePassword', input)]);
    expect(await users.read(member.viewer, '{ sessions { isCurrent } }')).toEqual({ sessions: [{ isCurrent: true }] });
  });

  test.each([
    [{ currentPassword: 'wrong' }, 'INVALID_CREDENTIALS', 'currentPassword'],
    [{ currentPassword: '' }, 'BLANK', 'currentPassword'],
    [{ currentPassword: '\ud800' }, 'INVALID', 'currentPassword'],
    [{ newPassword: '' }, 'BLANK', 'newPassword'],
    [{ newPassword: 'seven77' }, 'TOO_SHORT', 'newPassword'],
    [{ newPassword: 'password1' }, 'WEAK_PASSWORD', 'newPassword'],
    [{ newPassword: 'Ada@Mail.example' }, 'WEAK_PASSWORD', 'newPassword'],
    [{ newPassword: 'bell\u0007bell' }, 'INVALID', 'newPassword'],
    [{ newPassword: 'half a bird \ud83d' }, 'INVALID', 'newPassword'],
    [{ newPassword: 'ab1'.repeat(100) }, 'TOO_LONG', 'newPassword'],
  ])('refuses %j as %s', async (change, code, field) => {
    const input = { currentPassword: PASSWORD, newPassword: 'a good new one', ...change };
    expect((await users.mutate(ada.viewer, 'changePassword', input)).userErrors).toEqual(refusal(code, field));
    expect((await users.mutate(null, 'logIn', { login: 'ada', password: PASSWORD })).userErrors).toEqual([]);
  });
});

describe('updateProfile', () => {
  test('changes what is given, leaves the rest, and takes away what is null or empty', async () => {
    const member = await users.register('profiled');
    const update = async (input: object) => (await users.mutate(member.viewer, 'updateProfile', input)).user;
    const full = {
      displayName: 'Pro Filed',
      bio: 'One line,\nanother \u{1f426}',
      location: 'Somewhere',
      website: 'https://example.com/me?a=1',
    };
    expect(await update({ ...full, bio: `  ${full.bio} `, isProtected: false })).toMatchObject(full);
    expect(await update({ location: 'Elsewhere' })).toMatchObject({ ...full, location: 'Elsewhere' });
    expect(await update({ displayName: null, isProtected: null })).toMatchObject({ displayName: 'Pro Filed' });
    expect(await update({ bio: null, location: '', website: null })).toMatchObject({
      displayName: 'Pro Filed',
      bio: null,
      location: null,
      website: null,
    });
    expect(await update({ location: '' })).toMatchObject({ location: null });
    expect(await update({})).toMatchObject({ displayName: 'Pro Filed' });
    const changed = ['account.profile-changed.v1', { userId: member.id, isProtected: false }];
    expect(await accountEvents(member)).toEqual([changed, changed, changed]);
  });

  test('protects an account and opens it again, and tells others', async () => {
    const member = await users.register('sheltered');
    const protect = (isProtected: boolean) => users.mutate(member.viewer, 'updateProfile', { isProtected });
    expect(await protect(true)).toMatchObject({ user: { isProtected: true }, userErrors: [] });
    expect(await protect(true)).toMatchObject({ user: { isProtected: true } });
    expect(await users.read(null, `{ user(id: "${member.id}") { isProtected } }`)).toEqual({
      user: { isProtected: true },
    });
    expect(await protect(false)).toMatchObject({ user: { isProtected: false } });
    expect(await accountEvents(member)).toEqual([
      ['account.profile-changed.v1', { userId: member.id, isProtected: true }],
      ['account.profile-changed.v1', { userId: member.id, isProtected: false }],
    ]);
  });

  test('of different parts at once loses nothing', async () => {
    const member = await users.register('parallel');
    await Promise.all([
      users.mutate(member.viewer, 'updateProfile', { displayName: 'Both' }),
      users.mutate(member.viewer, 'updateProfile', { bio: 'hold' }),
      users.mutate(member.viewer, 'updateProfile', { location: 'here' }),
    ]);
    expect(await users.read(null, `{ user(id: "${member.id}") { displayName bio location } }`)).toEqual({
      user: { displayName: 'Both', bio: 'hold', location: 'here' },
    });
  });

  test('accepts the longest of everything, counted in code points', async () => {
    const member = await users.register('longest');
    const longest = {
      displayName: '🐦'.repeat(50),
      bio: '🐦'.repeat(160),
      location: '🐦'.repeat(30),
      website: `https://example.com/${'x'.repeat(80)}`,
    };
    expect((await users.mutate(member.viewer, 'updateProfile', longest)).user).toMatchObject(longest);
  });

  test.each([
    [{ displayName: '' }, 'BLANK'],
    [{ displayName: ' \u2003 ' }, 'BLANK'],
    [{ displayName: 'x'.repeat(51) }, 'TOO_LONG'],
    [{ displayName: 'a\nb' }, 'INVALID'],
    [{ displayName: '\ud800' }, 'INVALID'],
    [{ bio: 'x'.repeat(161) }, 'TOO_LONG'],
    [{ bio: 'tab\t' }, 'INVALID'],
    [{ bio: '\udc00' }, 'INVALID'],
    [{ location: 'x'.repeat(31) }, 'TOO_LONG'],
    [{ location: 'a\nb' }, 'INVALID'],
    [{ location: '\u0085' }, 'INVALID'],
    [{ website: `https://example.com/${'x'.repeat(81)}` }, 'TOO_LONG'],
    [{ website: 'https://bank.example@elsewhere.example' }, 'INVALID'],
    [{ website: 'https://example.com/\ud800' }, 'INVALID'],
  ])('refuses %j as %s', async (change, code) => {
    const field = Object.keys(change)[0] ?? '';
    // Nothing of it happens, not even what was right.
    const input = { location: 'Nowhere', ...change };
    expect(await users.mutate(ada.viewer, 'updateProfile', input)).toEqual({
      user: null,
      userErrors: refusal(code, field),
    });
    expect(await users.read(ada.viewer, '{ viewer { displayName bio location website isProtected } }')).toEqual({
      viewer: { displayName: 'Ada', bio: null, location: null, website: null, isProtected: false },
    });
    expect(await accountEvents(ada)).toEqual([]);
  });
});
