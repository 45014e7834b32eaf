import { randomUUID } from 'node:crypto';
import { createMetricsRegistry } from '@starling/platform/telemetry';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts';
import { manualClock } from '../../../tests/support/manual-clock.ts';
import { smtpTransport } from '../src/mail/smtp-transport.ts';
import { type Member, startUsers, type TestUsers } from './support/users.ts';

let server: MailServer;
let users: TestUsers;
let names = 0;
const publicUrl = 'https://starling.example';

beforeAll(async () => {
  server = await startMailServer();
  const transport = smtpTransport({ url: server.url, from: 'hello@starling.example' });
  users = await startUsers({ mail: { transport, publicUrl, clock: manualClock().clock } });
});
afterEach(() => {
  server.received.length = 0;
  server.moods.length = 0;
});
afterAll(async () => {
  await users.stop();
  await server.close();
});

/** Somebody whose first mail has been sent, or tried. */
async function member(): Promise<Member> {
  const one = await users.register(`owner${names++}`);
  await users.subgraph.sendConfirmations();
  return one;
}

/** The token of the newest mail to the address. */
function tokenTo(email: string): string {
  const mail = server.received.findLast(({ to }) => to === email) ?? expect.fail('No mail came.');
  return new URL(/https:\S+/.exec(mail.text)?.[0] ?? '').searchParams.get('token') ?? '';
}

const confirm = async (token: string) => (await users.mutate(null, 'confirmEmail', { token })).userErrors;

async function request({ viewer }: Member) {
  const document = 'mutation { requestEmailConfirmation { user { id } userErrors { code message } } }';
  const { requestEmailConfirmation } = await users.read<{
    requestEmailConfirmation: { user: object | null; userErrors: readonly { code: string; message: string }[] };
  }>(viewer, document);
  await users.subgraph.sendConfirmations();
  return requestEmailConfirmation;
}

async function isConfirmed({ viewer }: Member): Promise<boolean> {
  const { viewer: seen } = await users.read<{ viewer: { account: { isEmailConfirmed: boolean } } }>(
    viewer,
    '{ viewer { account { isEmailConfirmed } } }',
  );
  return seen.account.isEmailConfirmed;
}

/** As if everything about the account's mails had happened so much earlier. */
const age = ({ id }: Member, by: string) =>
  users.database.pool.query(
    `UPDATE users.email_confirmations
     SET asked_at = asked_at - $2::interval, send_at = send_at - $2::interval WHERE user_id = $1`,
    [id, by],
  );

const EXPIRED = [{ code: 'EXPIRED', field: ['input', 'token'] }];

describe('an address', () => {
  it('is confirmed by the link in a mail that registering sends, once', async () => {
    const one = await member();
    expect(await isConfirmed(one)).toBe(false);
    const [mail] = server.received;
    expect(mail).toMatchObject({ to: one.email, headers: { subject: 'Confirm your email address for Starling' } });
    for (const form of [mail?.text, mail?.html]) {
      expect(form).toContain(`@${one.username} on Starling`);
      expect(form).toContain(`${publicUrl}/email/confirm?token=`);
    }
    const token = tokenTo(one.email);
    expect(await confirm(token)).toEqual([]);
    expect(await isConfirmed(one)).toBe(true);
    expect(await confirm(token)).toEqual(EXPIRED);
    expect(await isConfirmed(one)).toBe(true);
    // There is nothing more to send.
    expect(await request(one)).toMatchObject({ userErrors: [] });
    expect(server.received).toHaveLength(1);
  });

  it('is to be confirmed anew when it changes, by a link that was sent to the new one', async () => {
    const one = await member();
    const [old, email] = [tokenTo(one.email), `new-${one.email}`];
    const change = { email, currentPassword: one.password };
    expect((await users.mutate(one.viewer, 'changeEmail', change)).userErrors).toEqual([]);
    await users.subgraph.sendConfirmations();
    expect(await confirm(old)).toEqual(EXPIRED);
    expect(await isConfirmed(one)).toBe(false);
    expect(await confirm(tokenTo(email))).toEqual([]);
    expect(await isConfirmed(one)).toBe(true);
    const back = { email: one.email, currentPassword: one.password };
    expect((await users.mutate(one.viewer, 'changeEmail', back)).userErrors).toEqual([]);
    expect(await isConfirmed(one)).toBe(false);
  });

  it('is not confirmed by a link that is too old', async () => {
    const one = await member();
    await age(one, '24 hours');
    expect(await confirm(tokenTo(one.email))).toEqual(EXPIRED);
    expect(await isConfirmed(one)).toBe(false);
  });

  it('is confirmed by no token but those that were sent', async () => {
    const [one, other] = [await member(), await member()];
    const [id, seal] = tokenTo(one.email).split('.');
    const [otherId] = tokenTo(other.email).split('.');
    for (const wrong of ['', 'x', `${id}.`, `${otherId}.${seal}`, `${randomUUID()}.${seal}`, `${id}.${seal}x`]) {
      expect(await confirm(wrong), wrong).toEqual([{ code: 'INVALID', field: ['input', 'token'] }]);
    }
    // The seal of a link that ends digests is another.
    expect((await users.mutate(null, 'stopDigests', { token: tokenTo(one.email) })).userErrors).toHaveLength(1);
    expect(await isConfirmed(one)).toBe(false);
  });
});

describe('mails that ask about an address', () => {
  it('are five within 24 hours, whatever makes them go out', async () => {
    const one = await member();
    for (let mails = 2; mails <= 4; mails += 1) expect((await request(one)).userErrors).toEqual([]);
    const email = `new-${one.email}`;
    const change = { email, currentPassword: one.password };
    expect((await users.mutate(one.viewer, 'changeEmail', change)).userErrors).toEqual([]);
    const refused = await request(one);
    expect(refused).toMatchObject({ user: null, userErrors: [{ code: 'LIMIT_REACHED' }] });
    expect(refused.userErrors[0]?.message).toMatch(/try again at \d{4}-/);
    expect(server.received.map(({ to }) => to)).toEqual([one.email, one.email, one.email, one.email, email]);
    // The address changes all the same.
    const again = { email: `newer-${one.email}`, currentPassword: one.password };
    expect((await users.mutate(one.viewer, 'changeEmail', again)).userErrors).toEqual([]);
    await age(one, '24 hours');
    expect((await request(one)).userErrors).toEqual([]);
    expect(server.received.at(-1)?.to).toBe(again.email);
  });

  it('have ids that begin with the time: of mails that are files, the oldest go', async () => {
    const [id] = tokenTo((await member()).email).split('.');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    const at = Number.parseInt((id ?? '').replace('-', '').slice(0, 12), 16);
    expect(Math.abs(at - Date.now())).toBeLessThan(60 * 60_000);
  });

  it('need somebody who is signed in', async () => {
    const { errors } = await users.ask(null, 'mutation { requestEmailConfirmation { userErrors { code } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('are tried three times when they are not taken for the moment, and not again when they are refused', async () => {
    server.moods.push(450, 450, 450);
    const one = await member();
    for (const wait of ['11 minutes', '41 minutes', '24 minutes']) {
      await age(one, wait);
      await users.subgraph.sendConfirmations();
    }
    expect(server.received).toEqual([]);
    const left = 'SELECT attempts, send_at FROM users.email_confirmations WHERE user_id = $1';
    expect((await users.database.pool.query(left, [one.id])).rows).toEqual([{ attempts: 3, send_at: null }]);

    server.moods.length = 0;
    server.moods.push(550);
    const other = await member();
    expect((await users.database.pool.query(left, [other.id])).rows).toEqual([{ attempts: 1, send_at: null }]);
    for (const { email } of [one, other]) expect(users.logged.join('\n')).not.toContain(email);
    const registry = createMetricsRegistry();
    users.subgraph.measure?.(registry);
    const metrics = await registry.metrics();
    expect(metrics).toMatch(/^starling_mails_total\{kind="confirmation",result="later"\} 3$/m);
    expect(metrics).toMatch(/^starling_mails_total\{kind="confirmation",result="never"\} 1$/m);
    expect(metrics).toMatch(/^starling_mails_total\{kind="confirmation",result="sent"\} [1-9]/m);
  });

  it('are not sent any more once the address is another', async () => {
    server.moods.push(450);
    const one = await member();
    const email = `new-${one.email}`;
    expect(
      (await users.mutate(one.viewer, 'changeEmail', { email, currentPassword: one.password })).userErrors,
    ).toEqual([]);
    await users.subgraph.sendConfirmations();
    await age(one, '11 minutes');
    await users.subgraph.sendConfirmations();
    expect(server.received.map(({ to }) => to)).toEqual([email]);
  });
});
