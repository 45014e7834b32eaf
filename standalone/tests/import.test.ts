import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { snowflakeMs } from '@starling/platform/snowflake';
import { addAccountsInBulk } from '@starling/users';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { checkImport } from '../src/import/check-import.ts';
import { accountId, POSTS_BEGIN_MS } from '../src/import/mapping.ts';
import { openStaging } from '../src/import/staging.ts';
import type { PartReport } from '../src/import/tally.ts';
import { everything, fixtureFolder, importWith, noProgress, type OpenImport, openOn } from './support/imports.ts';

let testDatabase: TestDatabase;
let product: OpenImport;
let files: ReturnType<typeof fixtureFolder>;

beforeEach(async () => {
  files = fixtureFolder();
  testDatabase = await createTestDatabase();
  product = await openOn(testDatabase.url);
});

afterEach(async () => {
  await product.stop();
  await testDatabase.drop();
  files.remove();
});

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await product.database.pool.query<Row>(sql, values)).rows;
}

const SUMS = ({ part, read, imported, alreadyThere, refused }: PartReport) => [
  part,
  read,
  imported,
  alreadyThere,
  Object.fromEntries(refused.map(({ reason, examples, count }) => [reason, [count, ...examples]])),
];

const GRAPH = [
  '# a comment',
  '1 2',
  '2 1',
  '3 1',
  '',
  '4 1',
  '4 2',
  'nonsense',
  '5 5',
  '1 2',
  '4 3',
  '1 2',
  '7 1000000000',
  '% another',
  '5 4',
];

const CHAT = [
  { id: 1, author: 'ann', at: '2004-11-15T12:00:00Z', text: 'one' },
  { id: 2, author: 'bob', at: '2004-11-15T12:00:00Z', text: 'ann: two', to: 'ann' },
  { id: 3, author: 'ann', at: '2004-11-15T12:00:00Z', text: 'three, @u4 and @nobody', to: 'bob' },
  { id: 4, author: 'ann', at: '2004-11-15T12:01:00Z', text: 'four' },
  { id: 5, author: 'cid', at: '2004-11-15T11:59:00Z', text: 'the first of all', to: 'ann' },
  { id: 6, author: 'bob', at: '2004-11-15T12:02:00Z', text: 'to the latest', to: 'ann' },
  { id: 7, author: 'bob', at: '2004-11-15T12:03:00Z', text: 'to a stranger', to: 'zoe' },
  { id: 8, author: 'ann', at: '2004-11-15T12:04:00Z', text: 'to myself', to: 'ann' },
  { id: 8, author: 'ann', at: '2004-11-15T12:05:00Z', text: 'the same number again' },
  { id: 9, author: 'ann', at: '2004-11-15T12:06:00Z', text: '   ' },
  '{"text":',
  { id: 10, author: 'ann', at: '2999-01-01T00:00:00Z', text: 'from the future' },
];

test('imports a graph: accounts, follows, counts, and a report that accounts for every line', async () => {
  const reports = await importWith(product, ['--graph', files.write('g.edges', GRAPH)], { batchSize: 2 });
  expect(reports.map(SUMS)).toEqual([
    ['accounts', 5, 5, 0, {}],
    ['follows', 12, 7, 0, { DUPLICATE: [2, 10, 12], MALFORMED: [1, 8], SELF_FOLLOW: [1, 9], NODE_TOO_LARGE: [1, 13] }],
  ]);
  expect(await rows('SELECT id, username, password_hash FROM users.accounts ORDER BY id')).toEqual(
    [1, 2, 3, 4, 5].map((node) => ({ id: accountId(node), username: `u${node}`, password_hash: null })),
  );
  expect(await rows('SELECT user_id AS id, followers, following FROM social_graph.counts ORDER BY user_id')).toEqual([
    { id: accountId(1), followers: 3, following: 1 },
    { id: accountId(2), followers: 2, following: 1 },
    { id: accountId(3), followers: 1, following: 1 },
    { id: accountId(4), followers: 1, following: 3 },
    { id: accountId(5), followers: 0, following: 1 },
  ]);
});

test('imports posts: order, answers, mentions, authors by how busy they are, times moved together', async () => {
  const args = ['--graph', files.write('g.edges', GRAPH), '--posts', files.write('chat.ndjson', CHAT)];
  const reports = await importWith(product, args, { batchSize: 3 });
  expect(reports.slice(2).map(SUMS)).toEqual([
    ['posts of chat', 12, 8, 0, { DUPLICATE: [1, 9], BLANK: [1, 10], MALFORMED: [1, 11], IN_FUTURE: [1, 12] }],
  ]);
  expect(reports[2]?.notes).toEqual([
    expect.stringMatching(/^times were moved by 2192\.50 days .* begins on 2010-11-17$/),
    '1 answer somebody who had written nothing yet: they answer nothing',
    '1 answer somebody of whom the file has nothing: they answer nothing',
  ]);
  const tweets = await rows<{ id: string; text: string; author: string; answers: string; root: string }>(
    `SELECT tweet.id, tweet.text, account.username AS author, answered.text AS answers, root.text AS root
     FROM tweets.tweets AS tweet JOIN users.accounts AS account ON account.id = tweet.author_id
     LEFT JOIN tweets.tweets AS answered ON answered.id = tweet.reply_to_tweet_id
     JOIN tweets.tweets AS root ON root.id = tweet.conversation_id ORDER BY tweet.id`,
  );
  // ann writes most, so she is u1, whom most follow; bob comes second, cid third.
  expect(tweets.map(({ text, author, answers, root }) => [text, author, answers, root])).toEqual([
    ['the first of all', 'u3', null, 'the first of all'],
    ['one', 'u1', null, 'one'],
    ['ann: two', 'u2', 'one', 'one'],
    ['three, @u4 and @nobody', 'u1', 'ann: two', 'one'],
    ['four', 'u1', null, 'four'],
    ['to the latest', 'u2', 'four', 'four'],
    ['to a stranger', 'u2', null, 'to a stranger'],
    ['to myself', 'u1', 'four', 'four'],
  ]);
  const minutes = tweets.map(({ id }) => snowflakeMs(id) - POSTS_BEGIN_MS);
  expect(minutes).toEqual([0, 60_000, 60_001, 60_002, 120_000, 180_000, 240_000, 300_000]);
  const [mentions] = await rows(
    `SELECT jsonb_path_query_array(entities, '$.mentions[*].userId') AS ids FROM tweets.tweets WHERE text LIKE 'three%'`,
  );
  expect(mentions).toEqual({ ids: [accountId(4), null] });
  expect(await rows('SELECT user_id AS id, tweets FROM tweets.author_counts ORDER BY user_id')).toEqual([
    { id: accountId(1), tweets: 4 },
    { id: accountId(2), tweets: 3 },
    { id: accountId(3), tweets: 1 },
  ]);
  expect(await checkImport({ ...product, progress: noProgress }, undefined)).toMatchObject({
    accounts: 5,
    differences: [],
  });
});

test('run again, in whatever order and pieces, it changes nothing and says so', async () => {
  const graph = files.write('g.edges', GRAPH);
  const chat = files.write('chat.ndjson', CHAT);
  const notes = files.write(
    'notes.ndjson',
    Array.from({ length: 40 }, (_, id) => ({ id, text: `note ${id}` })),
  );
  await importWith(product, ['--graph', graph, '--posts', chat, notes], { batchSize: 7 });
  const before = await everything(product.database);
  for (const args of [
    ['--graph', graph, '--posts', notes, chat],
    ['--posts', notes],
    ['--graph', graph],
    ['--posts', chat, '--month', '2015-05'],
  ]) {
    const reports = await importWith(product, args, { batchSize: 5 });
    expect(reports.every(({ imported }) => imported === 0)).toBe(true);
    expect(await everything(product.database)).toEqual(before);
  }
});

test('of a file that has grown, what is new is added around what is there', async () => {
  const graph = files.write('g.edges', GRAPH);
  const shorter = CHAT.filter((post) => typeof post === 'string' || (post.id !== 2 && post.id !== 5));
  await importWith(product, ['--graph', graph, '--posts', files.write('chat.ndjson', shorter)]);
  const before = await rows<{ id: string }>('SELECT id, text FROM tweets.tweets');
  const [report] = await importWith(product, ['--posts', files.write('chat.ndjson', CHAT)]);
  expect(report).toMatchObject({ imported: 2, alreadyThere: 6 });
  const after = await rows<{ id: string; text: string; answers: string | null }>(
    `SELECT tweet.id, tweet.text, answered.text AS answers FROM tweets.tweets AS tweet
     LEFT JOIN tweets.tweets AS answered ON answered.id = tweet.reply_to_tweet_id`,
  );
  expect(after).toHaveLength(8);
  expect(after.map(({ id, text }) => ({ id, text }))).toEqual(expect.arrayContaining(before));
  expect(after.find(({ text }) => text === 'ann: two')?.answers).toBe('one');
});

test('posts without author or time are spread over accounts and a month, the same on every machine', async () => {
  const posts = Array.from({ length: 300 }, (_, id) => ({ id, lang: 'en', text: `post ${id}` }));
  const edges = Array.from({ length: 60 }, (_, node) => `${node + 2} 1`);
  const args = ['--graph', files.write('g', edges), '--posts', files.write('p.ndjson', posts), '--month', '2013-02'];
  await importWith(product, args);
  const tweets = await rows<{ id: string; author_id: string; language: string }>('SELECT * FROM tweets.tweets');
  expect(new Set(tweets.map(({ id }) => new Date(snowflakeMs(id)).toISOString().slice(0, 7)))).toEqual(
    new Set(['2013-02']),
  );
  expect(tweets.every(({ language }) => language === 'en')).toBe(true);
  const [share] = await rows<{ first: number; second: number }>(
    `SELECT sum(tweets) FILTER (WHERE user_id <= $1)::int AS first, sum(tweets) FILTER (WHERE user_id > $1)::int AS second
     FROM tweets.author_counts`,
    [accountId(31)],
  );
  expect(share?.first).toBeGreaterThan(1.5 * (share?.second ?? 0));

  const other = await createTestDatabase();
  const elsewhere = await openOn(other.url);
  try {
    await importWith(elsewhere, args, { batchSize: 11 });
    expect((await everything(elsewhere.database)).tweets).toEqual((await everything(product.database)).tweets);
  } finally {
    await elsewhere.stop();
    await other.drop();
  }
});

test('with --password everybody can log in, also those who came before it', async () => {
  const graph = files.write('g', ['1 2']);
  await importWith(product, ['--graph', graph]);
  await importWith(product, ['--graph', graph, '--password', 'open sesame']);
  const hashes = await rows<{ password_hash: string }>('SELECT DISTINCT password_hash FROM users.accounts');
  expect(hashes).toHaveLength(1);
  expect(await verify(hashes[0]?.password_hash ?? '', 'open sesame')).toBe(true);
  // Somebody's own password is never replaced.
  await importWith(product, ['--graph', graph, '--password', 'another one']);
  expect(await rows('SELECT DISTINCT password_hash FROM users.accounts')).toEqual(hashes);
});

test('names that somebody has, and blocks, are respected and reported', async () => {
  await product.database.transaction((transaction) =>
    addAccountsInBulk(transaction, product.eventLog, [
      {
        id: '1000000000000000',
        username: 'U2',
        email: 'someone@example.org',
        passwordHash: null,
        displayName: 'Someone',
        bio: null,
        location: null,
      },
    ]),
  );
  await product.database.pool.query('INSERT INTO social_graph.blocks (blocker_id, blocked_id) VALUES ($1, $2)', [
    accountId(4),
    accountId(3),
  ]);
  const reports = await importWith(product, ['--graph', files.write('g', ['1 2', '3 4', '2 3', '4 1'])]);
  expect(reports.map(SUMS)).toEqual([
    ['accounts', 4, 3, 0, { USERNAME_TAKEN: [1, 2] }],
    ['follows', 4, 1, 0, { ACCOUNT_MISSING: [2, 1, 3], BLOCKED: [1, 2] }],
  ]);
});

test('says what is wrong, and writes nothing', async () => {
  const posts = files.write('p.ndjson', [{ text: 'x' }]);
  await expect(importWith(product, ['--posts', posts])).rejects.toThrow('Posts need accounts to be written by');
  const graph = files.write('g', ['1 2']);
  const missing = join(files.folder, randomUUID());
  await expect(importWith(product, ['--graph', graph, '--posts', missing])).rejects.toThrow('there is no such file');
  await expect(checkImport({ ...product, progress: noProgress }, 5)).rejects.toThrow('Nothing has been imported yet.');
  const written = await everything(product.database);
  expect(Object.values(written).flat()).toEqual([]);
});

test('one import at a time', async () => {
  const graph = files.write('g', ['1 2']);
  const other = await openStaging(testDatabase.url);
  await expect(importWith(product, ['--graph', graph], { lockWaitMs: 50 })).rejects.toThrow(
    'Another import is running on this database.',
  );
  await other.close();
  expect(await importWith(product, ['--graph', graph])).toMatchObject([{ imported: 2 }, { imported: 1 }]);
});

test('a check finds a home that is not as it should be', async () => {
  const args = ['--graph', files.write('g.edges', GRAPH), '--posts', files.write('chat.ndjson', CHAT)];
  await importWith(product, args);
  await product.database.pool.query('DELETE FROM timeline.follows WHERE follower_id = $1', [accountId(3)]);
  const { differences } = await checkImport({ ...product, progress: noProgress }, undefined);
  expect(differences).toEqual([{ username: 'u3', place: 0, expected: 4, found: 1 }]);
});

test('writes its report as JSON', async () => {
  const report = join(files.folder, 'report.json');
  const reports = await importWith(product, ['--graph', files.write('g', GRAPH), '--report', report]);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual(reports);
});
