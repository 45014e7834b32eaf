import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { build } from '../../scripts/build.mjs';
import {
  type Browser,
  type PushService,
  startPushService,
} from '../../subgraphs/notifications/tests/support/push-service.ts';
import type { Person } from '../../tests/contract/people.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestProcess } from '../../tests/support/process.ts';
import { type ProductWithWorkers, startProductWithWorkers } from './support/product-with-workers.ts';

let database: Database;
let drop: () => Promise<void>;
let product: ProductWithWorkers;
let service: PushService;
let author: Person;
let reader: Person;
let browser: Browser;
let tweetId: string;

beforeAll(async () => {
  build();
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, applicationName: 'workers test' });
  service = await startPushService();
  product = await startProductWithWorkers(database, { PUSH_ADDRESSES: 'any' });
  author = await product.people.register('author');
  reader = await product.people.register('reader');
  browser = service.newBrowser();
  const { endpoint, p256dh, auth } = browser;
  await act(author, 'registerPushSubscription', { endpoint, p256dh, auth });
  await act(reader, 'followUser', { userId: author.id });
}, 300_000);

afterAll(async () => {
  await product?.stop();
  await service?.close();
  await database?.close();
  await drop?.();
});

async function get<Data>(who: Person, document: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await product.people.door.graphql<Data>(document, variables, who.accessToken);
  expect(errors).toBeUndefined();
  return data as Data;
}

async function act(who: Person, mutation: string, input: object): Promise<void> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code } } }`;
  expect(await get(who, document, { input })).toEqual({ done: { userErrors: [] } });
}

const home = async () =>
  (
    await get<{ homeTimeline: { nodes: { text: string; likeCount: number }[] } }>(
      reader,
      '{ homeTimeline(first: 10) { nodes { text likeCount } } }',
    )
  ).homeTimeline.nodes;

const kindsOfNotifications = async () =>
  (
    await get<{ notifications: { nodes: { kind: string }[] } }>(
      author,
      '{ notifications(first: 10) { nodes { kind } } }',
    )
  ).notifications.nodes.map(({ kind }) => kind);

/** What stands in one row of the database, whoever has put it there: nobody is asked for it. */
async function row(text: string, values: readonly unknown[] = []): Promise<unknown> {
  return (await database.pool.query(text, [...values])).rows[0];
}
const likesCounted = () => row('SELECT likes FROM tweets.tweet_counts WHERE tweet_id = $1', [tweetId]);
const compared = async () =>
  Number(((await row('SELECT compared FROM tweets.counts_compared')) as { compared: string }).compared);
const messages = () => service.received.map(({ body }) => (browser.decrypt(body) as { kind: string }).kind);
const message = (kind: string) => until(`a message of a ${kind} arrives`, async () => messages().includes(kind));

test('what no read asks for is done by a worker: counts, their comparison, and messages to browsers', async () => {
  await message('FOLLOW');
  tweetId = await author.post('First');
  expect(await home()).toEqual([{ text: 'First', likeCount: 0 }]);
  await act(reader, 'likeTweet', { tweetId });
  await message('LIKE');
  await until('the like is counted', async () => ((await likesCounted()) as { likes: number }).likes === 1);
  const before = await compared();
  await until('counts are compared', async () => (await compared()) > before, { withinMs: 60_000 });
  expect((await kindsOfNotifications()).toSorted()).toEqual(['FOLLOW', 'LIKE']);
});

test('a worker tells operators how the product is, and nothing else', async () => {
  const [{ url }] = product.workers;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('starling_event_log_lag_events{group="timeline.copies"}');
  expect(metrics).toContain('starling_tweet_counts_compared');
  expect((await fetch(`${url}/graphql`, { method: 'POST' })).status).toBe(404);
});

test('when a worker is killed, another one goes on', async () => {
  await product.workers[0].kill();
  await act(reader, 'retweet', { tweetId });
  await message('RETWEET');
});

test('with every worker killed, reads are right at once and streams go on; what nobody asks for waits for the next one', async () => {
  await product.workers[1].kill();
  const live = product.live(reader.accessToken);
  const stream = live.subscribe<{ homeTimelineUpdates: { tweet?: { text: string } } }>(
    'subscription { homeTimelineUpdates { ... on TweetAdded { tweet { text } } } }',
  );
  const heard: (string | undefined)[] = [];
  const hear = stream.next().then(({ data }) => heard.push(data?.homeTimelineUpdates.tweet?.text));
  // The stream begins somewhere between these.
  const posted: string[] = [];
  while (heard.length === 0) {
    posted.unshift(`Post ${posted.length}`);
    await author.post(posted[0] as string);
    expect((await home()).map(({ text }) => text).slice(0, posted.length)).toEqual(posted.slice(0, 10));
    await Promise.race([hear, new Promise((resolve) => setImmediate(resolve))]);
  }
  expect(posted).toContain(heard[0]);
  await live.close();

  const third = await product.people.register('third');
  await act(third, 'likeTweet', { tweetId });
  await act(third, 'followUser', { userId: author.id });
  const counts = 'query ($id: ID!) { tweet(id: $id) { likeCount author { followerCount } } }';
  expect(await get(reader, counts, { id: tweetId })).toEqual({ tweet: { likeCount: 2, author: { followerCount: 2 } } });
  await act(third, 'postTweet', { text: 'An answer', replyToTweetId: tweetId });
  expect(await kindsOfNotifications()).toContain('REPLY');
  expect(await likesCounted()).toEqual({ likes: 1 });
  await act(author, 'blockUser', { userId: reader.id });
  expect(await home()).toEqual([]);
  expect(messages()).not.toContain('REPLY');

  await product.workers[0].recover();
  await message('REPLY');
  await until('the like is counted', async () => ((await likesCounted()) as { likes: number }).likes === 2);
});

test('a subgraph that is told nonsense of its background work does not start', async () => {
  const environment = { DATABASE_URL: database.url, IDENTITY_SECRET: 'x'.repeat(32), BACKGROUND: 'perhaps' };
  await expect(startTestProcess('subgraphs/timeline', environment)).rejects.toThrow('ended with 1 before it served');
});
