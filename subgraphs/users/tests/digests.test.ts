import { randomUUID } from 'node:crypto';
import { statement } from '@starling/platform/postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts';
import { manualClock } from '../../../tests/support/manual-clock.ts';
import { createUsers } from '../src/index.ts';
import { smtpTransport } from '../src/mail/smtp-transport.ts';
import { type Member, startUsers, type TestUsers } from './support/users.ts';

let server: MailServer;
let users: TestUsers;
let names = 0;
const publicUrl = 'https://starling.example';
const { clock } = manualClock();
const mailOptions = () => ({
  transport: smtpTransport({ url: server.url, from: 'hello@starling.example' }),
  publicUrl,
  clock,
});

beforeAll(async () => {
  server = await startMailServer();
  // It has no mail: digests are sent while a test waits for that, and at no other time.
  users = await startUsers();
});
afterEach(() => {
  server.received.length = 0;
  server.moods.length = 0;
});
afterAll(async () => {
  await users.stop();
  await server.close();
});

/** Whoever reads the mails has said so. */
const confirm = ({ id }: Pick<Member, 'id'>) =>
  users.database.pool.query('UPDATE users.accounts SET email_confirmed_at = now() WHERE id = $1', [id]);

async function member(): Promise<Member> {
  const one = await users.register(`reader${names++}`);
  await confirm(one);
  return one;
}

interface Ask {
  readonly digestId?: string;
  readonly attempt?: number;
  readonly actors?: readonly Member[];
}

/** What the notifications would publish. */
async function ask(
  { id: userId }: Pick<Member, 'id'>,
  { digestId = randomUUID(), attempt = 1, actors = [] }: Ask = {},
) {
  const payload = { digestId, userId, attempt, lines: [line(actors.map(({ id }) => id))], more: 2 };
  const event = { id: randomUUID(), topic: 'notifications.digest', name: 'digest.due.v1', key: userId, payload };
  await users.database.transaction((transaction) => users.eventLog.append(transaction, [event]));
  return digestId;
}

/** Processes that send mail have kept and sent everything that was asked for. */
async function sent(by = 1): Promise<void> {
  const senders = Array.from({ length: by }, () => createUsers(users.parts, { mail: mailOptions() }));
  for (const sender of senders) await sender.start();
  await users.eventLog.processAll();
  await Promise.all(senders.map((sender) => sender.sendDigests()));
  for (const sender of senders) await sender.stop();
}

const line = (actorIds: readonly string[]) => ({
  kind: 'LIKE',
  tweetId: '7',
  atMs: Date.now(),
  actorIds,
  actorCount: actorIds.length,
  milestone: null,
});

/** As a digest is kept that was asked for so many minutes ago. */
async function keep({ id }: Pick<Member, 'id'>, state: 'WAITING' | 'CLAIMED', minutesAgo = 0): Promise<string> {
  const digestId = randomUUID();
  await users.database.pool.query(
    `INSERT INTO users.digests (id, user_id, attempt, asked_at, content, state)
     VALUES ($1, $2, 1, now() - $3::int * interval '1 minute', $4, $5)`,
    [digestId, id, minutesAgo, JSON.stringify({ lines: [line([])], more: 0 }), state],
  );
  return digestId;
}

const answersTo = ({ id }: Pick<Member, 'id'>) => users.eventsOf('users.digest', id);

describe('a digest', () => {
  it('goes to the address of its reader, names people by their usernames, and is answered', async () => {
    const [reader, ada, bo] = [await member(), await member(), await member()];
    const digestId = await ask(reader, { actors: [ada, bo] });
    await sent();
    expect(server.received).toMatchObject([{ to: reader.email }]);
    const { text, html, headers } = server.received[0] ?? expect.fail('No mail came.');
    for (const form of [text, html]) {
      expect(form).toContain(`@${ada.username} and @${bo.username} like a tweet of yours`);
      expect(form).toContain('And 2 more.');
    }
    expect(headers).toMatchObject({
      subject: '3 new notifications on Starling',
      'message-id': `<${digestId}@starling.example>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    expect(await answersTo(reader)).toEqual([{ name: 'digest.sent.v1', payload: { userId: reader.id, digestId } }]);
  });

  it('goes to the address that is theirs as it is sent, and to nobody when the account is gone', async () => {
    const [moving, leaving] = [await member(), await member()];
    for (const one of [moving, leaving]) await ask(one);
    const email = `new-${moving.email}`;
    const { userErrors } = await users.mutate(moving.viewer, 'changeEmail', {
      email,
      currentPassword: moving.password,
    });
    expect(userErrors).toEqual([]);
    await confirm(moving);
    await users.database.pool.query('DELETE FROM users.accounts WHERE id = $1', [leaving.id]);
    await sent();
    expect(server.received.map(({ to }) => to)).toEqual([email]);
    expect(await answersTo(leaving)).toMatchObject([{ name: 'digest.failed.v1', payload: { until: 'NOBODY' } }]);
  });

  it('goes to no address that nobody has confirmed, also not to one that has changed since', async () => {
    const [unknown, moving] = [await users.register(`reader${names++}`), await member()];
    const input = { email: `new-${moving.email}`, currentPassword: moving.password };
    expect((await users.mutate(moving.viewer, 'changeEmail', input)).userErrors).toEqual([]);
    for (const one of [unknown, moving]) await ask(one);
    await sent();
    expect(server.received.filter(({ headers }) => headers.subject?.includes('notification'))).toEqual([]);
    for (const one of [unknown, moving]) {
      expect(await answersTo(one)).toMatchObject([{ name: 'digest.failed.v1', payload: { until: 'UNCONFIRMED' } }]);
    }
  });

  it.each([
    [450, 'LATER'],
    [550, 'NEVER'],
    ['hangs up', 'LATER'],
  ] as const)('that is answered with %s fails, for %s, and nobody is named', async (mood, until) => {
    const reader = await member();
    users.logged.length = 0;
    server.moods.push(mood);
    const digestId = await ask(reader);
    await sent();
    expect(server.received).toEqual([]);
    const answers = await answersTo(reader);
    expect(answers).toMatchObject([{ name: 'digest.failed.v1', payload: { digestId, attempt: 1, until } }]);
    expect(users.logged).toHaveLength(1);
    for (const told of [JSON.stringify(answers), ...users.logged]) {
      expect(told).not.toContain(reader.email);
      expect(told).not.toContain(reader.username);
    }
    // What it would have told is not kept.
    const { rows } = await users.database.pool.query('SELECT state, content FROM users.digests WHERE id = $1', [
      digestId,
    ]);
    expect(rows).toEqual([{ state: 'FAILED', content: null }]);

    await ask(reader, { digestId, attempt: 2 });
    await sent();
    expect(server.received.map(({ headers }) => headers['message-id'])).toEqual([`<${digestId}@starling.example>`]);
  });

  it('that was sent is not sent again, however often it is asked for, and answered each time', async () => {
    const reader = await member();
    const digestId = await ask(reader);
    await sent();
    for (const attempt of [1, 2]) await ask(reader, { digestId, attempt });
    await sent();
    expect(server.received).toHaveLength(1);
    const payload = { userId: reader.id, digestId };
    const answers = await answersTo(reader);
    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['digest.sent.v1']));
    expect(answers.length).toBeGreaterThan(1);
    expect(answers[0]?.payload).toEqual(payload);
  });

  it('that a process died over is sent when it is asked for again, recognisably', async () => {
    const reader = await member();
    // As a process leaves it that is killed while it sends.
    const digestId = await keep(reader, 'CLAIMED');
    await sent();
    expect(server.received).toEqual([]);
    await ask(reader, { digestId, attempt: 2 });
    await sent();
    expect(server.received.map(({ headers }) => headers['message-id'])).toEqual([`<${digestId}@starling.example>`]);
    expect(await answersTo(reader)).toHaveLength(1);
  });

  it('that nobody got to send in time waits to be asked for anew', async () => {
    const reader = await member();
    await ask(reader);
    await users.database.query(
      statement('test.age', `UPDATE platform.outbox SET occurred_at = now() - interval '11 minutes' WHERE key = $1`),
      [reader.id],
    );
    await sent();
    expect(server.received).toEqual([]);
    await keep(reader, 'WAITING', 11);
    // One that is sent now might be asked for anew while it is on its way.
    await keep(reader, 'WAITING', 9);
    await sent();
    expect(server.received).toEqual([]);
    expect(await answersTo(reader)).toEqual([]);
  });

  it('is sent by one of several processes', async () => {
    const readers = await Promise.all(Array.from({ length: 25 }, member));
    for (const reader of readers) await ask(reader);
    await sent(2);
    expect(server.received.map(({ to }) => to).sort()).toEqual(readers.map(({ email }) => email).sort());
  });
});

describe('a link in a digest', () => {
  const tokenIn = ({ text }: { readonly text: string }) => /\/email\/stop\?token=(\S+)/.exec(text)?.[1] ?? '';
  const stop = (token: string) => users.mutate(null, 'stopDigests', { token });

  it('ends the digests of whom it was sent to, also those that wait', async () => {
    const [reader, other] = [await member(), await member()];
    for (const one of [reader, other]) await ask(one);
    await sent();
    const mail = server.received.find(({ to }) => to === reader.email) ?? expect.fail('No mail came.');
    const token = tokenIn(mail);
    expect(mail.headers['list-unsubscribe']?.replaceAll(' ', '')).toBe(`<${publicUrl}/email/stop?token=${token}>`);
    server.received.length = 0;
    for (const one of [reader, other]) await keep(one, 'WAITING');
    for (let time = 0; time < 2; time++) expect(await stop(token)).toEqual({ userErrors: [] });
    await sent();
    expect(server.received.map(({ to }) => to)).toEqual([other.email]);
    expect(await users.eventsOf('users.account', reader.id)).toContainEqual({
      name: 'account.digests-stopped.v1',
      payload: { userId: reader.id },
    });
  });

  it('that is not whole, or somebody else’s, is refused', async () => {
    const [reader, other] = [await member(), await member()];
    await ask(reader);
    await sent();
    const token = tokenIn(server.received[0] ?? expect.fail('No mail came.'));
    const [, seal = ''] = token.split('.');
    for (const wrong of ['', 'x', token.slice(0, -1), `${other.id}.${seal}`, `${token}x`, `${reader.id}.`, '1.é']) {
      expect(await stop(wrong)).toEqual({ userErrors: [{ code: 'INVALID', field: ['input', 'token'] }] });
    }
    expect((await users.eventsOf('users.account', reader.id)).map(({ name }) => name)).toEqual([
      'account.registered.v1',
    ]);
  });
});

it('without a public address has no link', async () => {
  const { publicUrl: _publicUrl, ...mail } = mailOptions();
  const quiet = createUsers(users.parts, { mail });
  await quiet.start();
  await ask(await member());
  await users.eventLog.processAll();
  await quiet.sendDigests();
  await quiet.stop();
  const [got] = server.received;
  expect(got?.headers).not.toHaveProperty('list-unsubscribe');
  expect(got?.text).toContain('The settings of your notifications end it.');
  expect(got?.html).not.toContain('<a');
});
