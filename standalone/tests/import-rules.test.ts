import { isSnowflake, kindOf, snowflakeMs } from '@starling/platform/snowflake';
import { expect, test } from 'vitest';
import { spreadPlaces } from '../src/import/check-import.ts';
import { readCheckOptions } from '../src/import/check-options.ts';
import { LARGEST_NODE } from '../src/import/graph-file.ts';
import { readImportOptions } from '../src/import/import-options.ts';
import {
  ACCOUNTS_BEGIN_MS,
  accountOf,
  drawRank,
  POSTS_BEGIN_MS,
  parseMonth,
  spreadOver,
  tweetId,
} from '../src/import/mapping.ts';
import { placeInTime } from '../src/import/place-in-time.ts';
import type { StagedPost } from '../src/import/stage-posts.ts';
import { NOW_MS } from './support/imports.ts';

test('a node is the same account on every machine', () => {
  expect(accountOf(1)).toEqual({
    id: '336489481498624',
    username: 'u1',
    email: 'u1@import.invalid',
    displayName: 'u1',
    bio: null,
    location: null,
  });
  const last = accountOf(LARGEST_NODE);
  expect(last.username.length).toBeLessThanOrEqual(15);
  expect(kindOf(last.id)).toBe('user');
  expect(snowflakeMs(last.id)).toBeLessThan(POSTS_BEGIN_MS);
  expect(snowflakeMs(accountOf(0).id)).toBe(ACCOUNTS_BEGIN_MS);
});

test('draws keep activity skewed, and come out the same every time', () => {
  const size = 80_000;
  const draws = Array.from({ length: 50_000 }, (_, id) => drawRank('file', String(id), size));
  expect(draws.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map((id) => drawRank('file', String(id), size)));
  expect(Math.min(...draws)).toBe(0);
  expect(Math.max(...draws)).toBeLessThan(size);
  const share = (below: number) => draws.filter((rank) => rank < below).length / draws.length;
  expect(share(1)).toBeLessThan(0.01);
  expect(share(size / 100)).toBeGreaterThan(0.4);
  expect(share(size / 2)).toBeLessThan(0.95);
  expect(drawRank('file', '1', 1)).toBe(0);
  expect(drawRank('another', '1', size)).not.toBe(drawRank('file', '1', size));
});

test('months are past ones, and posts without a time lie within', () => {
  const month = parseMonth('2012-02', NOW_MS);
  if (!month) throw new Error('no month');
  expect(new Date(month.fromMs).toISOString()).toBe('2012-02-01T00:00:00.000Z');
  expect(new Date(month.toMs).toISOString()).toBe('2012-03-01T00:00:00.000Z');
  const hours = Array<number>(24).fill(0);
  for (let id = 0; id < 20_000; id += 1) {
    const ms = spreadOver(month, 'file', String(id));
    expect(ms).toBeGreaterThanOrEqual(month.fromMs);
    expect(ms).toBeLessThan(month.toMs);
    const hour = new Date(ms).getUTCHours();
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  expect(hours[20]).toBeGreaterThan(5 * (hours[3] ?? 0));
  for (const text of ['2012', '2012-00', '2012-13', '2010-11', '2025-01', '2012-2', '']) {
    expect(parseMonth(text, NOW_MS)).toBeUndefined();
  }
});

const post = (ms: number, known: string | null = null): StagedPost => ({
  line: 1,
  sourceId: '1',
  author: null,
  authorRank: null,
  ms,
  text: 'x',
  entities: '{}',
  lang: null,
  to: null,
  toIsKnown: false,
  isRepeated: false,
  tweetId: known,
  authorId: null,
  conversationId: null,
});

test('posts get milliseconds of their own, in their order, around what is there already', async () => {
  const at = POSTS_BEGIN_MS + 1_000;
  const inTheWay = new Set([tweetId(at + 2, 3)]);
  const { placed, lastMs } = await placeInTime(
    [post(at), post(at), post(at), post(at, tweetId(at + 3, 3)), post(at), post(at + 50)],
    3,
    at - 1,
    async (ids) => new Set(ids.filter((id) => inTheWay.has(id))),
  );
  expect(placed.map(({ tweetId: id, isNew }) => [snowflakeMs(id) - at, isNew])).toEqual([
    [0, true],
    [1, true],
    [3, true],
    [3, false],
    [4, true],
    [50, true],
  ]);
  expect(lastMs).toBe(at + 50);
  expect(placed.every(({ tweetId: id }) => isSnowflake(id) && kindOf(id) === 'tweet')).toBe(true);
  // The next batch goes on behind.
  const next = await placeInTime([post(at)], 3, lastMs, async () => new Set());
  expect(next.lastMs).toBe(at + 51);
});

test('reads arguments, and takes the files in the order of their names', () => {
  expect(
    readImportOptions(['--graph', 'g', '--posts', 'x/b.ndjson', 'a.ndjson.gz', '--password', 'long enough'], NOW_MS),
  ).toMatchObject({ graph: 'g', posts: ['a.ndjson.gz', 'x/b.ndjson'], password: 'long enough', report: undefined });
  expect(readImportOptions(['--posts', 'b', '--posts', 'a', '--month', '2013-05'], NOW_MS)).toMatchObject({
    graph: undefined,
    posts: ['a', 'b'],
    month: { fromMs: Date.UTC(2013, 4) },
  });
});

test.each([
  [[], 'Name a graph, or posts.'],
  [['--grap', 'x'], 'Unknown option'],
  [['--graph', 'x', 'y'], "Unexpected argument 'y'"],
  [['--graph'], 'argument missing'],
  [['--graph', 'x', '--month', '2999-01'], '"2999-01" is not'],
  [['--graph', 'x', '--password', 'short'], '--password has 8 to 128 characters'],
  [['--posts', 'a/x.ndjson', 'b/x.ndjson.gz'], 'have the same name'],
])('%j is told what is wrong', (args, message) => {
  expect(() => readImportOptions(args, NOW_MS)).toThrow(message);
});

test('checks as many accounts as wanted, from the first to the last', () => {
  expect(spreadPlaces(10, 4)).toEqual([0, 3, 6, 9]);
  expect(spreadPlaces(3, 5)).toEqual([0, 1, 2]);
  expect(spreadPlaces(3, 1)).toEqual([0]);
  expect(readCheckOptions([])).toBe(400);
  expect(readCheckOptions(['--accounts', '7'])).toBe(7);
  expect(readCheckOptions(['--all'])).toBeUndefined();
  expect(() => readCheckOptions(['--accounts', '0'])).toThrow('--accounts is a number from 1');
  expect(() => readCheckOptions(['--everything'])).toThrow('Unknown option');
});
