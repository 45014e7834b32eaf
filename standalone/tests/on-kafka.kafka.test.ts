import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { build } from '../../scripts/build.mjs';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { openLiveClient } from '../../tests/support/live-client.ts';
import { get, type Product, post, register, runProduct } from './support/product.ts';

let dataDirectory: string;
let kafka: TestKafka;
let product: Product;

beforeAll(() => build());

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'starling-on-kafka-'));
  kafka = await startTestKafka();
  product = runProduct({
    shape: 'processes',
    environment: { DATA_DIR: dataDirectory, KAFKA_BROKERS: kafka.brokers.join(','), LOG_LEVEL: 'info' },
  });
});

afterEach(async () => {
  product.child.kill('SIGTERM');
  await product.ended;
  await kafka.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

const FOLLOW = 'mutation ($userId: ID!) { followUser(input: { userId: $userId }) { userErrors { code } } }';
const WATCH =
  'subscription { homeTimelineUpdates { ... on TweetAdded { tweet { text } } ... on StreamGap { reason } } }';

/** Where one of the processes serves, as the launcher's log tells. */
function addressOf(process: string): string {
  const lines = product
    .err()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const line = lines.map((text) => JSON.parse(text)).find((each) => each.process === process && each.url);
  return line.url as string;
}

/** The value of a metric, summed over its labels; undefined when there is none. */
async function metric(address: string, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.length === 0 ? undefined : lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function homeOf(url: string, token: string): Promise<string[]> {
  const home = '{ homeTimeline(first: 50) { nodes { text } } }';
  const { homeTimeline } = await get<{ homeTimeline: { nodes: { text: string }[] } }>(url, home, {}, token);
  return homeTimeline.nodes.map(({ text }) => text);
}

test('while Kafka is away posts are acknowledged and read at once, what waits is measured, and streams catch up in order', async () => {
  const url = await product.ready;
  const [author, reader] = [await register(url, 'author'), await register(url, 'reader')];
  const AUTHOR = '{ userByUsername(username: "author") { id } }';
  const { userByUsername } = await get<{ userByUsername: { id: string } }>(url, AUTHOR);
  await get(url, FOLLOW, { userId: userByUsername.id }, reader);
  const live = openLiveClient(`${url.replace(/^http/, 'ws')}/graphql`, reader);
  const stream = live.subscribe<{ homeTimelineUpdates: { tweet?: { text: string }; reason?: string } }>(WATCH);
  const heard: string[] = [];
  const hear = async () => {
    const { data } = await stream.next();
    heard.push(data?.homeTimelineUpdates.tweet?.text ?? `gap: ${data?.homeTimelineUpdates.reason}`);
  };

  // The stream begins somewhere between the first tweets: from the first that it has heard of it hears all.
  const posted: string[] = [];
  const write = async (text: string) => {
    await post(url, author, text);
    posted.push(text);
  };
  const first = hear();
  while (heard.length === 0) {
    await write(`with Kafka ${posted.length}`);
    await Promise.race([first, new Promise((resolve) => setImmediate(resolve))]);
  }

  const timeline = addressOf('timeline');
  expect(await metric(timeline, 'starling_event_log_kafka_lag_events')).toBeGreaterThanOrEqual(0);
  expect(await metric(timeline, 'starling_event_log_held_back_bytes')).toBeGreaterThanOrEqual(0);
  expect(await metric(url, 'starling_event_log_held_back_alarm_bytes')).toBe(2 * 2 ** 30);
  expect(await metric(url, 'starling_event_log_dead_letters')).toBeUndefined();

  await kafka.kill();
  const before = (await metric(url, 'starling_event_log_held_back_bytes')) ?? Number.NaN;
  for (let number = 0; number < 5; number++) {
    await write(`without Kafka ${number}`);
    const newestFirst = posted.toReversed();
    expect(await homeOf(url, author)).toEqual(newestFirst);
    expect(await homeOf(url, reader)).toEqual(newestFirst);
  }
  expect(await metric(url, 'starling_event_log_held_back_bytes')).toBeGreaterThan(before);

  await kafka.restart();
  await write('Kafka is back');
  while (heard.at(-1) !== 'Kafka is back') await hear();
  expect(heard).toEqual(posted.slice(-heard.length));
  expect(heard.length).toBeGreaterThan(6);
  const lag = () => metric(timeline, 'starling_event_log_kafka_lag_events');
  await until('nothing waits for the live streams', async () => (await lag()) === 0);
  await live.close();
});
