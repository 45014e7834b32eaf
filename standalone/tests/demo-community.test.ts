import { verify } from '@node-rs/argon2';
import { createPostgresEventLog, type PostgresEventLog } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { snowflakeMs } from '@starling/platform/snowflake';
import { parseTweetText } from '@starling/tweets';
import { addAccountsInBulk } from '@starling/users';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { DEMO_TWEETS, writeDemoContent } from '../src/demo/demo-content.ts';
import { ensureDemoCommunity } from '../src/demo/ensure-demo-community.ts';
import { DEMO_USERNAME } from '../src/demo/people.ts';
import { authoritativeHome, everything, openOn } from './support/imports.ts';

const NOW_MS = Date.UTC(2025, 5, 1, 12);

let testDatabase: TestDatabase;
let database: Database;
let eventLog: PostgresEventLog;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url, applicationName: 'test' });
  eventLog = createPostgresEventLog({ url: testDatabase.url });
});

afterEach(async () => {
  await eventLog.stop();
  await database.close();
  await testDatabase.drop();
});

test('the content is the same every time, believable, and nothing but tweets', () => {
  const content = writeDemoContent();
  expect(writeDemoContent()).toEqual(content);
  const { people, follows, tweets, likes, retweets } = content;
  expect(people).toHaveLength(60);
  expect(new Set(people.map(({ username }) => username)).size).toBe(60);
  for (const { username, displayName, bio } of people) {
    expect(username).toMatch(/^[a-z0-9_]{1,15}$/);
    expect(displayName.length).toBeLessThanOrEqual(50);
    expect(bio.length).toBeLessThanOrEqual(160);
  }
  expect(tweets).toHaveLength(DEMO_TWEETS);
  for (const { text } of tweets) {
    expect(parseTweetText(text).error).toBeUndefined();
    expect(text).not.toMatch(/[{}]|undefined| {2}/);
  }
  expect(tweets.filter(({ replyTo }) => replyTo !== null).length).toBeGreaterThan(300);
  expect(tweets.filter(({ quotes }) => quotes !== null).length).toBeGreaterThan(50);
  const originals = tweets.filter(({ replyTo, quotes }) => replyTo === null && quotes === null);
  expect(new Set(originals.map(({ text }) => text)).size).toBe(originals.length);
  expect(new Set(people.map(({ language }) => language)).size).toBeGreaterThan(5);
  expect(likes.length).toBeGreaterThan(2_000);
  expect(retweets.length).toBeGreaterThan(200);

  // A few have most of the followers, and nobody follows or answers oneself by accident.
  const followers = people.map((_, place) => follows.filter(({ followee }) => followee === place).length);
  expect(Math.max(...followers)).toBeGreaterThan(4 * (followers.sort((a, b) => a - b)[20] ?? 0));
  expect(follows.every(({ follower, followee }) => follower !== followee)).toBe(true);
  const demo = people.findIndex(({ username }) => username === DEMO_USERNAME);
  expect(follows.filter(({ follower }) => follower === demo)).toHaveLength(20);
  expect(tweets.filter(({ author }) => author === demo).length).toBeGreaterThan(8);
});

test('the first start of an empty database makes it, later ones know the login, and all copies follow', async () => {
  const login = await ensureDemoCommunity({ database, eventLog, nowMs: NOW_MS });
  if (!login) throw new Error('no login');
  const [account] = (
    await database.pool.query('SELECT id, password_hash FROM users.accounts WHERE username = $1', [login.username])
  ).rows;
  expect(await verify(account.password_hash, login.password)).toBe(true);
  expect((await database.pool.query('SELECT FROM users.accounts WHERE password_hash IS NOT NULL')).rows).toHaveLength(
    1,
  );

  const product = await openOn(testDatabase.url);
  try {
    await product.eventLog.processAll();
    const before = await everything(database);
    expect(before.accounts).toHaveLength(60);
    expect(before.tweets).toHaveLength(1_500);
    const times = (before.tweets as { id: string }[]).map(({ id }) => snowflakeMs(id));
    expect(Math.max(...times)).toBeLessThanOrEqual(NOW_MS);
    expect(NOW_MS - Math.max(...times)).toBeLessThan(3_600_000);
    expect(new Set((before.entries as { id: string }[]).map(({ id }) => id)).size).toBe(before.entries?.length);
    const { likes } = (
      await database.pool.query(
        'SELECT (SELECT count(*) FROM tweets.likes) AS likes, (SELECT sum(likes) FROM tweets.tweet_counts) AS counted',
      )
    ).rows[0];
    expect(likes).toBe(String(writeDemoContent().likes.length));

    const homes = await authoritativeHome(product, account.id);
    expect(homes.found).toEqual(homes.expected);
    expect(homes.found.length).toBeGreaterThan(300);

    const notified = await database.pool.query(
      'SELECT DISTINCT kind FROM notifications.entries WHERE recipient_id = $1 AND announced IS NOT NULL',
      [account.id],
    );
    expect(notified.rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['LIKE', 'RETWEET', 'REPLY', 'FOLLOW']),
    );

    expect(await ensureDemoCommunity({ database, eventLog, nowMs: NOW_MS + 1 })).toEqual(login);
    expect(await everything(database)).toEqual(before);
  } finally {
    await product.stop();
  }
});

test('a start that breaks off leaves nothing behind, and the next one makes it whole', async () => {
  const broken = {
    async append() {
      throw new Error('the machine was switched off');
    },
  };
  await expect(ensureDemoCommunity({ database, eventLog: broken, nowMs: NOW_MS })).rejects.toThrow('switched off');
  expect(Object.values(await everything(database)).flat()).toEqual([]);
  expect(await ensureDemoCommunity({ database, eventLog, nowMs: NOW_MS })).toBeDefined();
});

test('two starts at once make one community', async () => {
  const logins = await Promise.all([1, 2].map(() => ensureDemoCommunity({ database, eventLog, nowMs: NOW_MS })));
  expect(logins[0]).toBeDefined();
  expect(logins[1]).toEqual(logins[0]);
  expect((await everything(database)).accounts).toHaveLength(60);
});

test('a database with accounts of its own is left alone', async () => {
  await database.transaction((transaction) =>
    addAccountsInBulk(transaction, eventLog, [
      {
        id: '1000000000000000',
        username: 'first',
        email: 'first@example.org',
        passwordHash: null,
        displayName: 'First',
        bio: null,
        location: null,
      },
    ]),
  );
  expect(await ensureDemoCommunity({ database, eventLog, nowMs: NOW_MS })).toBeUndefined();
  expect((await everything(database)).accounts).toHaveLength(1);
});
