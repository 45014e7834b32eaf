import { expect, it } from 'vitest';
import {
  ChangeUsernameDocument,
  ConfirmEmailDocument,
  LogInDocument,
  LogOutDocument,
  RefreshSessionDocument,
  RegisterDocument,
  RequestEmailConfirmationDocument,
  RevokeSessionDocument,
  SessionsDocument,
  UpdateProfileDocument,
  ViewerDocument,
} from '../../schema/generated/graphql.ts';
import type { Client } from './people.ts';

const WHEN = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const TOKENS = {
  accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  accessTokenExpiresAt: WHEN,
  refreshToken: expect.stringMatching(/.{20}/),
  refreshTokenExpiresAt: WHEN,
};

export function accountsContract(client: () => Client): void {
  it('RequestEmailConfirmation and ConfirmEmail', async () => {
    const ada = await client().register('ada');
    // Registering has sent the first mail.
    for (let mails = 2; mails <= 5; mails += 1) {
      const { requestEmailConfirmation } = await ada.ask(RequestEmailConfirmationDocument, {});
      expect(requestEmailConfirmation).toMatchObject({
        user: { id: ada.id, account: { isEmailConfirmed: false } },
        userErrors: [],
      });
    }
    expect((await ada.ask(RequestEmailConfirmationDocument, {})).requestEmailConfirmation).toMatchObject({
      user: null,
      userErrors: [{ code: 'LIMIT_REACHED' }],
    });
    const { confirmEmail } = await ada.ask(ConfirmEmailDocument, { input: { token: 'not.whole' } });
    expect(confirmEmail.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'token'] }]);
  });

  it('Register', async () => {
    const username = client().freshName('Reg');
    const email = `${username}@Example.org`;
    const input = { username, email, password: 'correct horse battery staple', displayName: 'Ada', device: 'test' };
    const { register } = await client().ask(RegisterDocument, { input });
    expect(register).toEqual({
      user: {
        id: expect.stringMatching(/^\d+$/),
        username,
        displayName: 'Ada',
        isVerified: false,
        isProtected: false,
        account: { email: email.toLowerCase(), role: 'USER' },
      },
      tokens: TOKENS,
      userErrors: [],
    });
    const again = await client().ask(RegisterDocument, { input: { ...input, email: `other.${email}` } });
    expect(again.register).toEqual({
      user: null,
      tokens: null,
      userErrors: [{ code: 'TAKEN', message: expect.any(String), field: ['input', 'username'] }],
    });
  });

  it('LogIn', async () => {
    const { id, username, email, password } = await client().register('login');
    for (const login of [username, email]) {
      const { logIn } = await client().ask(LogInDocument, { input: { login, password } });
      expect(logIn).toMatchObject({ user: { id, username }, tokens: TOKENS, userErrors: [] });
    }
    const { logIn } = await client().ask(LogInDocument, { input: { login: username, password: 'wrong' } });
    expect(logIn).toMatchObject({ user: null, tokens: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
  });

  it('RefreshSession, and what a spent token does', async () => {
    const person = await client().register('refresh');
    const first = { input: { refreshToken: person.refreshToken } };
    const { refreshSession } = await client().ask(RefreshSessionDocument, first);
    expect(refreshSession).toEqual({ tokens: TOKENS, userErrors: [] });
    const next = refreshSession.tokens;
    if (!next) throw new Error('no tokens');
    const renewed = await client().ask(ViewerDocument, {}, next.accessToken);
    expect(renewed.viewer?.id).toBe(person.id);

    const reused = await client().ask(RefreshSessionDocument, first);
    expect(reused.refreshSession).toMatchObject({ tokens: null, userErrors: [{ code: 'EXPIRED' }] });
    const ended = await client().ask(RefreshSessionDocument, { input: { refreshToken: next.refreshToken } });
    expect(ended.refreshSession).toMatchObject({ tokens: null, userErrors: [{ code: 'EXPIRED' }] });
  });

  it('LogOut', async () => {
    const person = await client().register('logout');
    const input = { refreshToken: person.refreshToken };
    expect((await client().ask(LogOutDocument, { input })).logOut).toEqual({ userErrors: [] });
    const { refreshSession } = await client().ask(RefreshSessionDocument, { input });
    expect(refreshSession.userErrors).toMatchObject([{ code: 'EXPIRED' }]);
    const refused = await client().door.graphql('{ viewer { id } }', {}, person.accessToken);
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('Sessions and RevokeSession', async () => {
    const person = await client().register('sess');
    const { logIn } = await client().ask(LogInDocument, {
      input: { login: person.username, password: person.password, device: 'Phone' },
    });
    const { sessions } = await person.ask(SessionsDocument, {});
    expect(sessions).toHaveLength(2);
    const other = sessions?.find(({ isCurrent }) => !isCurrent);
    expect(other).toEqual({
      id: expect.stringMatching(/^\d+$/),
      device: 'Phone',
      createdAt: WHEN,
      lastUsedAt: WHEN,
      expiresAt: WHEN,
      isCurrent: false,
    });

    const stranger = await client().register('strang');
    const input = { sessionId: other?.id ?? '' };
    const refused = await stranger.ask(RevokeSessionDocument, { input });
    expect(refused.revokeSession.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'sessionId'] }]);
    const revoked = await person.ask(RevokeSessionDocument, { input });
    expect(revoked.revokeSession).toEqual({ userErrors: [] });
    expect((await person.ask(SessionsDocument, {})).sessions).toMatchObject([{ isCurrent: true }]);
    const ended = await client().door.graphql('{ viewer { id } }', {}, logIn.tokens?.accessToken);
    expect(ended).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('RevokeSession closes the live connections of that session', async () => {
    const person = await client().register('socket');
    const live = client().door.live(person.accessToken);
    const closed = new Promise<{ code?: number }>((resolve) => {
      live.client.on('closed', (event) => resolve(event as { code?: number }));
    });
    const stream = live.subscribe('subscription { homeTimelineUpdates { __typename } }');
    const ended = stream.next().catch((error: unknown) => error);
    // One answer on the same connection: it stands.
    await live.subscribe('{ viewer { id } }').next();
    const { sessions } = await person.ask(SessionsDocument, {});
    await person.ask(RevokeSessionDocument, { input: { sessionId: sessions?.[0]?.id ?? '' } });
    expect(await closed).toMatchObject({ code: 4403 });
    expect(await ended).toMatchObject({ code: 4403 });
  });

  it('UpdateProfile', async () => {
    const person = await client().register('update');
    const input = { displayName: 'Ada L.', bio: 'Counts.', location: 'London', website: 'https://example.org/ada' };
    const { updateProfile } = await person.ask(UpdateProfileDocument, { input });
    expect(updateProfile).toEqual({
      user: { id: person.id, username: person.username, isVerified: false, isProtected: false, ...input },
      userErrors: [],
    });
    const refused = await person.ask(UpdateProfileDocument, { input: { displayName: ' ' } });
    expect(refused.updateProfile).toMatchObject({
      user: null,
      userErrors: [{ code: 'BLANK', field: ['input', 'displayName'] }],
    });
  });

  it('ChangeUsername', async () => {
    const person = await client().register('before');
    const username = client().freshName('after');
    const { changeUsername } = await person.ask(ChangeUsernameDocument, { input: { username } });
    expect(changeUsername).toEqual({ user: { id: person.id, username }, userErrors: [] });
    expect((await person.ask(ViewerDocument, {})).viewer?.username).toBe(username);
  });

  it('Viewer', async () => {
    const person = await client().register('viewer');
    await person.post('One.');
    expect((await person.ask(ViewerDocument, {})).viewer).toEqual({
      id: person.id,
      username: person.username,
      displayName: expect.any(String),
      isVerified: false,
      isProtected: false,
      bio: null,
      location: null,
      website: null,
      createdAt: WHEN,
      tweetCount: 1,
      followerCount: 0,
      followingCount: 0,
      account: { email: person.email, role: 'USER' },
    });
    expect(await client().ask(ViewerDocument, {})).toEqual({ viewer: null });
  });
}
