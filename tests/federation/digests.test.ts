import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openMail } from '../../subgraphs/users/src/mail/open-mail.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const PERIOD_MS = 24 * 3_600_000;
const PASSWORD = 'correct horse battery';

let server: MailServer;
let starling: RunningStarling;
let ahead = 0;
let people = 0;
beforeAll(async () => {
  server = await startMailServer();
  const settings = {
    SMTP_URL: server.url,
    MAIL_DIR: '/dev/null',
    MAIL_FROM: 'hello@starling.example',
    PUBLIC_URL: 'https://starling.example',
  };
  starling = await startStarling({
    shape: 'one-process',
    digests: { mail: openMail(settings), periodMs: PERIOD_MS, now: () => new Date(Date.now() + ahead) },
  });
});
afterEach(() => {
  server.received.length = 0;
  ahead = 0;
});
afterAll(async () => {
  await starling.stop();
  await server.close();
});

interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly token: string;
}

async function ask<Data>(person: Person | null, document: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await starling.graphql<Data>(document, variables, person?.token);
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** Whose address is asked about, which is confirmed at once unless told otherwise. */
async function register({ confirms = true } = {}): Promise<Person> {
  people += 1;
  const [username, email] = [`person${people}`, `person${people}@mail.example`];
  const { register: made } = await ask<{
    register: { user: { id: string }; tokens: { accessToken: string } };
  }>(null, 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } tokens { accessToken } } }', {
    input: { username, email, password: PASSWORD },
  });
  const link = await confirmation(email);
  if (confirms) expect((await fetch(link, { method: 'POST' })).status).toBe(200);
  return { id: made.user.id, username, email, token: made.tokens.accessToken };
}

/** The link that came to the address, which is asked about at once, and would be among the mails that a test looks at. */
async function confirmation(email: string): Promise<string> {
  await starling.sendConfirmations();
  const place = server.received.findIndex(({ to, headers }) => to === email && headers.subject?.startsWith('Confirm'));
  const [mail] = server.received.splice(place, 1);
  const link = new URL(/https:\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  return `${starling.url}${link.pathname}${link.search}`;
}

/** Somebody who wants to hear of follows by email. */
async function reader(options?: { readonly confirms: boolean }): Promise<Person> {
  const person = await register(options);
  await ask(
    person,
    'mutation ($input: SetNotificationPreferenceInput!) { setNotificationPreference(input: $input) { userErrors { code } } }',
    {
      input: { kind: 'FOLLOW', channel: 'EMAIL', isEnabled: true },
    },
  );
  return person;
}

const change = (name: string, type: string) =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
const follow = (by: Person, whom: Person) =>
  ask(by, change('followUser', 'FollowUserInput'), { input: { userId: whom.id } });

/** What has come once a period has passed. */
async function mails(): Promise<ReceivedMail[]> {
  ahead += PERIOD_MS + 1;
  await starling.sendDigests();
  return server.received.splice(0);
}

describe('a digest', () => {
  it('arrives once a period with what is new, by names as they are', async () => {
    const [me, other, by] = [await reader(), await register(), await register()];
    await follow(by, me);
    await follow(by, other);
    const username = `renamed${people}`;
    await ask(by, change('changeUsername', 'ChangeUsernameInput'), { input: { username } });
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: me.email, headers: { subject: '1 new notification on Starling' } });
    expect(mail?.text).toContain(`@${username} follows you`);
    expect(await mails()).toEqual([]);
  });

  it('says nothing of who was blocked since, goes to the address of the moment, and to no account that is gone', async () => {
    const [me, moving, leaving, by, other] = [
      await reader(),
      await reader(),
      await reader(),
      await register(),
      await register(),
    ];
    for (const whom of [me, moving, leaving]) await follow(by, whom);
    await follow(other, me);
    await ask(me, change('blockUser', 'BlockUserInput'), { input: { userId: by.id } });
    const email = `new-${moving.email}`;
    await ask(moving, change('changeEmail', 'ChangeEmailInput'), { input: { email, currentPassword: PASSWORD } });
    expect((await fetch(await confirmation(email), { method: 'POST' })).status).toBe(200);
    await starling.database.pool.query('DELETE FROM users.accounts WHERE id = $1', [leaving.id]);
    const told = new Map((await mails()).map(({ to, text }) => [to, text]));
    expect([...told.keys()].sort()).toEqual([email, me.email].sort());
    expect(told.get(email)).toContain(`@${by.username} follows you`);
    expect(told.get(me.email)).toContain(`@${other.username} follows you`);
    expect(told.get(me.email)).not.toContain(by.username);
  });

  it('that is refused for a while arrives later, once', async () => {
    const [me, by] = [await reader(), await register()];
    await follow(by, me);
    server.moods.push(451, 'hangs up');
    expect(await mails()).toEqual([]);
    for (const minutes of [11, 41]) {
      ahead += minutes * 60_000;
      await starling.sendDigests();
    }
    expect(server.received.map(({ to }) => to)).toEqual([me.email]);
  });

  it('is in no log and no event but by ids', async () => {
    const [me, by] = [await reader(), await register()];
    await follow(by, me);
    expect(await mails()).toHaveLength(1);
    const { rows } = await starling.database.pool.query<{ text: string }>(
      `SELECT payload::text AS text FROM platform.outbox WHERE topic LIKE '%digest' AND key = $1`,
      [me.id],
    );
    expect(rows).toHaveLength(2);
    for (const { text } of rows) {
      for (const personal of [me.email, me.username, by.username]) expect(text).not.toContain(personal);
    }
  });
});

describe('the link in a digest', () => {
  async function linkOf(me: Person): Promise<string> {
    await follow(await register(), me);
    const mail = (await mails()).find(({ to }) => to === me.email) ?? expect.fail('No mail came.');
    const link = new URL(/<([^>]+)>/.exec(mail.headers['list-unsubscribe']?.replaceAll(' ', '') ?? '')?.[1] ?? '');
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    return `${starling.url}${link.pathname}${link.search}`;
  }

  const click = (link: string, contentType = 'application/x-www-form-urlencoded') =>
    fetch(link, { method: 'POST', headers: { 'content-type': contentType }, body: 'List-Unsubscribe=One-Click' });
  const wanted = async (me: Person) => {
    const { notificationPreferences } = await ask<{
      notificationPreferences: { channel: string; isEnabled: boolean }[];
    }>(me, '{ notificationPreferences { channel isEnabled } }');
    return notificationPreferences.filter(({ channel, isEnabled }) => channel === 'EMAIL' && isEnabled).length;
  };

  it('asks first, and ends digests when it is told to, at the next read', async () => {
    const me = await reader();
    const link = await linkOf(me);
    const page = await fetch(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page.text()).toContain('<form method="post">');
    expect(await wanted(me)).toBe(1);

    const done = await click(link);
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('no more notifications by email')]);
    expect(await wanted(me)).toBe(0);
    await follow(await register(), me);
    expect(await mails()).toEqual([]);
  });

  it.each(['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])('takes %s', async (contentType) => {
    const me = await reader();
    expect((await click(await linkOf(me), contentType)).status).toBe(200);
    expect(await wanted(me)).toBe(0);
  });

  it('that is not whole does nothing', async () => {
    const me = await reader();
    const link = await linkOf(me);
    for (const wrong of [
      link.slice(0, -1),
      `${starling.url}/email/stop`,
      `${starling.url}/email/stop?token=${'x'.repeat(200)}`,
    ]) {
      expect((await click(wrong)).status).toBe(400);
    }
    expect((await fetch(`${starling.url}/email/stop`)).status).toBe(400);
    expect((await click(link, 'application/json')).status).toBe(400);
    expect(await wanted(me)).toBe(1);
  });
});

describe('the link that confirms an address', () => {
  const isConfirmed = async (person: Person) =>
    (
      await ask<{ viewer: { account: { isEmailConfirmed: boolean } } }>(
        person,
        '{ viewer { account { isEmailConfirmed } } }',
      )
    ).viewer.account.isEmailConfirmed;

  it('asks first, begins digests with what was missed, and is good for one time', async () => {
    const me = await reader({ confirms: false });
    const by = await register();
    await follow(by, me);
    expect(await isConfirmed(me)).toBe(false);
    expect(await mails()).toEqual([]);

    const again = 'mutation { requestEmailConfirmation { userErrors { code } } }';
    expect(await ask(me, again)).toEqual({ requestEmailConfirmation: { userErrors: [] } });
    const link = await confirmation(me.email);
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')]);
    expect(await isConfirmed(me)).toBe(false);
    const done = await fetch(link, { method: 'POST' });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('is confirmed')]);
    expect(await isConfirmed(me)).toBe(true);
    expect((await fetch(link, { method: 'POST' })).status).toBe(410);
    expect((await fetch(link.slice(0, -1), { method: 'POST' })).status).toBe(400);

    const [mail] = await mails();
    expect(mail).toMatchObject({ to: me.email });
    expect(mail?.text).toContain(`@${by.username} follows you`);
  });
});
