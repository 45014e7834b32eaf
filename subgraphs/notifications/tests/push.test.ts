import { createPublicKey, verify } from 'node:crypto';
import { listDeadLetters, replayDeadLetters } from '@starling/platform/event-log';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { at, events } from './support/events.ts';
import { openTestNotifications, type TestNotifications } from './support/notifications.ts';
import { type Browser, type PushService, startPushService } from './support/push-service.ts';

let here: TestNotifications;
let service: PushService;
beforeAll(async () => {
  service = await startPushService();
  here = await openTestNotifications({ push: { addresses: 'any', firstPauseMs: 0 } });
});
afterEach(() => {
  service.received.length = 0;
  service.statuses.length = 0;
});
afterAll(async () => {
  await here.stop();
  await service.close();
});

const REGISTER = `mutation ($input: RegisterPushSubscriptionInput!) {
  registerPushSubscription(input: $input) { userErrors { code field } } }`;

type Registered = Pick<Browser, 'endpoint' | 'p256dh' | 'auth'>;

async function register(user: string | null, { endpoint, p256dh, auth }: Registered, on = here) {
  const { data, errors } = await on.run(user, REGISTER, { input: { endpoint, p256dh, auth } });
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return (data.registerPushSubscription as { userErrors: { code: string; field: string[] }[] }).userErrors;
}

async function scene(count = 2) {
  const [me, ...others] = here.newUsers(count + 1) as [string, string, ...string[]];
  const browser = service.newBrowser();
  expect(await register(me, browser)).toEqual([]);
  return { me, others: others as [string, ...string[]], browser, tweet: await here.post(me) };
}

/** Everything that there is to send has been sent. */
async function sent(): Promise<void> {
  await here.eventLog.processAll();
  await here.sendDuePushes();
}

const letters = () => listDeadLetters(here.database, { topic: 'notifications.push' });

describe('a message to a browser', () => {
  it('says what notification there is, encrypted for the browser and signed with the key that it was given', async () => {
    const { me, others, browser, tweet } = await scene();
    await here.emit(events.liked(others[0], tweet));
    await sent();
    const [message] = service.received;
    const [node] = (await here.list(me)).nodes;
    expect(browser.decrypt(message?.body as Buffer)).toEqual({
      notificationId: node?.id,
      kind: 'LIKE',
      tweetId: tweet.id,
    });
    expect(new URL(browser.endpoint).pathname).toBe(message?.path);
    expect(message?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });

    const { data } = await here.run(null, '{ pushPublicKey }');
    const point = Buffer.from(String(data?.pushPublicKey), 'base64url');
    const [, token = '', k] = /^vapid t=([^,]+), k=(.+)$/.exec(message?.headers.authorization ?? '') ?? [];
    expect(k).toBe(data?.pushPublicKey);
    const [head = '', claims = '', signature = ''] = token.split('.');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: String(x), y: String(y) }, format: 'jwk' });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: new URL(browser.endpoint).origin,
      sub: 'mailto:operator@starling.invalid',
    });
  });

  it('comes a handful of times for a thousand likes within a minute', async () => {
    const { others, browser, tweet } = await scene(1_000);
    const now = Date.now();
    for (let place = 0; place < 1_000; place += 250) {
      await here.emit(
        ...others.slice(place, place + 250).map((by, index) => at(now + 10 * index, events.liked(by, tweet))),
      );
      await sent();
    }
    const kinds = service.received.map(({ body }) => (browser.decrypt(body) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'MILESTONE')).toHaveLength(3);
    expect(kinds.length).toBeGreaterThan(3);
    expect(kinds.length).toBeLessThanOrEqual(5);
  });

  it('tells of what a moderator decided', async () => {
    const { me, browser, tweet } = await scene();
    await here.emit(events.released(here.newId('tweet'), tweet), events.discarded(here.newId('tweet'), me));
    await sent();
    const messages = service.received.map(({ body }) => browser.decrypt(body));
    expect(messages).toHaveLength(2);
    for (const tweetId of [tweet.id, null]) {
      expect(messages).toContainEqual({ notificationId: expect.any(String), kind: 'MODERATION', tweetId });
    }
  });

  it('comes once however often an event is delivered, to each browser', async () => {
    const { me, others } = await scene();
    await register(me, service.newBrowser());
    await here.emit(events.followed(others[0], me));
    await sent();
    expect(service.received).toHaveLength(2);
    await here.redeliver();
    await sent();
    expect(service.received).toHaveLength(2);
  });

  it('does not come of what the viewer does not want there, or may not hear of', async () => {
    const { me, others, tweet } = await scene();
    await here.prefer(me, 'LIKE', false, 'PUSH');
    await here.emit(events.muted(me, others[1] as string), events.liked(others[0], tweet));
    await here.emit(events.followed(others[1] as string, me));
    await sent();
    expect(service.received).toEqual([]);
    // The list is another matter.
    expect((await here.list(me)).nodes.map(({ kind }) => kind)).toEqual(['LIKE']);
  });

  it('does not leave when the notification has gone before, by a block or by not being wanted', async () => {
    const patient = await openTestNotifications({ push: { addresses: 'any', firstPauseMs: 3_600_000 } });
    try {
      const [me, other, by] = patient.newUsers(3) as [string, string, string];
      for (const user of [me, other]) await register(user, service.newBrowser(), patient);
      service.statuses.push(503, 503);
      await patient.emit(events.followed(by, me), events.followed(by, other));
      await patient.eventLog.processAll();
      await patient.sendDuePushes();
      expect(service.statuses).toEqual([]);
      await patient.emit(events.blocked(by, me));
      await patient.prefer(other, 'FOLLOW', false, 'PUSH');
      await patient.eventLog.processAll();
      await patient.database.pool.query('UPDATE notifications.pushes SET due_at = now()');
      await patient.sendDuePushes();
      expect(service.received).toEqual([]);
      expect((await patient.database.pool.query('SELECT FROM notifications.pushes')).rows).toEqual([]);
    } finally {
      await patient.stop();
    }
  });

  it('does not leave when somebody is blocked of whom it tells, although the copies know only of what was done', async () => {
    const patient = await openTestNotifications({ push: { addresses: 'any', firstPauseMs: 3_600_000 } });
    const holder = await patient.database.pool.connect();
    try {
      const [me, by] = patient.newUsers(2) as [string, string];
      await register(me, service.newBrowser(), patient);
      service.statuses.push(503);
      await patient.emit(events.followed(by, me));
      await patient.eventLog.processAll();
      await patient.sendDuePushes();
      expect(service.statuses).toEqual([]);
      // Blocks can be read, and no block be written.
      await holder.query('BEGIN');
      await holder.query('LOCK TABLE notifications.blocks IN SHARE MODE');
      await patient.emit(events.blocked(me, by));
      await patient.database.pool.query('UPDATE notifications.pushes SET due_at = now()');
      const waits = new Promise<void>((resolve) => patient.whileCatchingUp(resolve));
      const sending = patient.sendDuePushes();
      await Promise.race([sending, waits]);
      await holder.query('COMMIT');
      await sending;
      expect(service.received).toEqual([]);
      expect((await patient.database.pool.query('SELECT FROM notifications.pushes')).rows).toEqual([]);
    } finally {
      holder.release();
      await patient.stop();
    }
  });

  it('comes no more once the session has ended in which the browser was registered, and registers none again', async () => {
    const { me, others, browser } = await scene();
    await register(others[0], service.newBrowser());
    await here.emit(events.sessionRevoked(me));
    await here.emit(events.followed(others[1] as string, me), events.followed(me, others[0]));
    await sent();
    expect(service.received).toHaveLength(1);
    await expect(register(me, browser)).rejects.toThrow('UNAUTHENTICATED');
    await here.emit(events.followRequested(others[0], me));
    await sent();
    expect(service.received).toHaveLength(1);
  });

  it('does not come of what is long past, as an import tells it', async () => {
    const { me, others } = await scene();
    await here.emit(at(Date.now() - 4_000_000, events.followed(others[0], me)));
    await sent();
    expect(service.received).toEqual([]);
    expect((await here.list(me)).unreadCount).toBe(1);
  });
});

describe('a push service that does not take a message', () => {
  it('is asked again, and gets it once', async () => {
    const { me, others } = await scene();
    service.statuses.push(503, 429, 500);
    await here.emit(events.followed(others[0], me));
    await sent();
    expect(service.received).toHaveLength(1);
    expect(await letters()).toEqual([]);
  });

  it('gets no more after six attempts; the message is a dead letter, which can be replayed', async () => {
    const { me, others, browser } = await scene();
    service.statuses.push(...Array(6).fill(503));
    await here.emit(events.followed(others[0], me));
    await sent();
    expect(service.received).toEqual([]);
    const [letter] = await letters();
    expect(letter).toMatchObject({ group: 'notifications.push', name: 'push.given-up.v1', key: me, attempts: 6 });
    expect(letter?.error).toContain('status 503');
    expect(JSON.stringify(letter)).not.toContain(browser.endpoint);

    expect(await replayDeadLetters(here.database, { topic: 'notifications.push' })).toEqual({ letters: 1, events: 1 });
    await sent();
    expect(service.received.map(({ body }) => browser.decrypt(body))).toMatchObject([{ kind: 'FOLLOW' }]);
    expect(await letters()).toEqual([]);
  });

  it.each([404, 410])('knows the browser no more (%i): it is forgotten', async (status) => {
    const { me, others } = await scene();
    service.statuses.push(status);
    await here.emit(events.followed(others[0], me));
    await sent();
    await here.emit(events.followRequested(others[0], me));
    await sent();
    expect(service.received).toEqual([]);
    expect(await letters()).toEqual([]);
  });

  it('answers with a redirect: nobody follows it', async () => {
    const { me, others } = await scene();
    service.statuses.push(307);
    await here.emit(events.followed(others[0], me));
    await sent();
    expect(service.received).toEqual([]);
    expect(await letters()).toMatchObject([{ attempts: 1 }]);
    await here.database.pool.query('DELETE FROM platform.dead_letters');
  });
});

it('what becomes of messages is counted', async () => {
  const countOf = async (result: string) =>
    Number(new RegExp(`^starling_pushes_total\\{result="${result}"\\} (\\d+)$`, 'm').exec(await here.metrics())?.[1]);
  const results = ['done', 'failed', 'refused', 'gone'];
  const counts = () => Promise.all(results.map(countOf));
  const before = await counts();
  const { me, others, tweet } = await scene();
  const [other] = others;
  service.statuses.push(503, 201, 400, 404);
  for (const event of [events.followed(other, me), events.followRequested(other, me), events.liked(other, tweet)]) {
    await here.emit(event);
    await sent();
  }
  const after = await counts();
  expect(after.map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 1, 1]);
  await here.database.pool.query('DELETE FROM platform.dead_letters');
});

describe('registering a browser', () => {
  it('moves it to the account that registers it last', async () => {
    const { me, others, browser } = await scene();
    await register(others[0], browser);
    await here.emit(events.followed(others[1] as string, me), events.followed(me, others[0]));
    await sent();
    expect(service.received).toHaveLength(1);
  });

  it('keeps twenty for an account', async () => {
    const { me, others } = await scene();
    for (let count = 0; count < 21; count++) await register(me, service.newBrowser());
    await here.emit(events.followed(others[0], me));
    await sent();
    expect(service.received).toHaveLength(20);
  });

  it('keeps the one that is registered last, also where it was known of before, by another account', async () => {
    const { me, others, browser } = await scene();
    for (let count = 0; count < 20; count++) await register(others[0], service.newBrowser());
    await register(others[0], browser);
    await here.emit(events.followed(me, others[0]));
    await sent();
    const path = new URL(browser.endpoint).pathname;
    expect(service.received).toHaveLength(20);
    expect(service.received.filter((message) => message.path === path)).toHaveLength(1);
  });

  it('refuses keys that are none, and who is signed out', async () => {
    const [me] = here.newUsers(1) as [string];
    const browser = service.newBrowser();
    const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
    for (const p256dh of ['', 'x', offCurve, browser.auth]) {
      expect(await register(me, { ...browser, p256dh })).toEqual([{ code: 'INVALID', field: ['input', 'p256dh'] }]);
    }
    for (const auth of ['', 'x', browser.p256dh]) {
      expect(await register(me, { ...browser, auth })).toEqual([{ code: 'INVALID', field: ['input', 'auth'] }]);
    }
    await expect(register(null, browser)).rejects.toThrow('UNAUTHENTICATED');
  });
});

describe('where only the internet may be reached', () => {
  let careful: TestNotifications;
  beforeAll(async () => {
    careful = await openTestNotifications();
  });
  afterAll(() => careful.stop());

  it.each([
    'http://push.example.org/x',
    'https://127.0.0.1/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/latest',
    'https://2130706433/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[fd00::1]/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://user:password@push.example.org/x',
  ])('%s is refused', async (endpoint) => {
    const [me] = careful.newUsers(1) as [string];
    expect(await register(me, { ...service.newBrowser(), endpoint }, careful)).toEqual([
      { code: 'INVALID', field: ['input', 'endpoint'] },
    ]);
  });

  it('a name that leads elsewhere is found out when a message is sent, and nothing is', async () => {
    const [me, by] = careful.newUsers(2) as [string, string];
    const { port } = new URL(service.newBrowser().endpoint);
    const endpoint = `https://localhost:${port}/x`;
    expect(await register(me, { ...service.newBrowser(), endpoint }, careful)).toEqual([]);
    await careful.emit(events.followed(by, me));
    await careful.eventLog.processAll();
    await careful.sendDuePushes();
    const [letter] = await listDeadLetters(careful.database);
    expect(letter).toMatchObject({ attempts: 1 });
    expect(letter?.error).toContain('ForbiddenAddressError');
  });

  it('has keys of its own, the same after a restart', async () => {
    const keyOf = async () => (await careful.run(null, '{ pushPublicKey }')).data?.pushPublicKey;
    const before = await keyOf();
    await careful.restart();
    expect(await keyOf()).toBe(before);
    expect(before).not.toBe((await here.run(null, '{ pushPublicKey }')).data?.pushPublicKey);
  });
});
