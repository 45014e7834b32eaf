import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { build } from '../../scripts/build.mjs';
import { relayHolder } from '../../tests/crash/relay-holder.ts';
import { relayedIds } from '../../tests/crash/relayed.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { type ProductWithWorkers, startProductWithWorkers } from './support/product-with-workers.ts';

let kafka: TestKafka;
let database: Database;
let drop: () => Promise<void>;
let product: ProductWithWorkers;

beforeAll(async () => {
  build();
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, applicationName: 'workers test' });
  kafka = await startTestKafka();
  product = await startProductWithWorkers(database, { KAFKA_BROKERS: kafka.brokers.join(',') });
}, 300_000);

afterAll(async () => {
  await product?.stop();
  await kafka?.stop();
  await database?.close();
  await drop?.();
});

const query = async <Row extends object>(text: string): Promise<Row[]> => (await database.pool.query(text)).rows;
const holder = () => relayHolder(query);

/** Whether the brokers have every event of the outbox. */
async function isRelayed(): Promise<boolean> {
  const held = await relayedIds(kafka.brokers.join(','));
  return (await query<{ id: string }>('SELECT id::text AS id FROM platform.outbox')).every(({ id }) => held.has(id));
}

test('a worker relays, and when it is killed the other one does; streams hear through both', async () => {
  const [first, second] = product.workers;
  const isHeldBy = (...pids: (number | undefined)[]) =>
    until('a worker holds the relay', async () => pids.includes(await holder()), { withinMs: 60_000 });
  await isHeldBy(first.pid, second.pid);
  const author = await product.people.register('author');
  const live = product.live(author.accessToken);
  const stream = live.subscribe<{ homeTimelineUpdates: { tweet?: { text: string } } }>(
    'subscription { homeTimelineUpdates { ... on TweetAdded { tweet { text } } } }',
  );
  const heard: (string | undefined)[] = [];
  const hear = async () => void heard.push((await stream.next()).data?.homeTimelineUpdates.tweet?.text);
  const beginning = hear();
  const posted: string[] = [];
  const post = async (text: string) => {
    await author.post(text);
    posted.push(text);
  };
  // The stream begins somewhere between these: from the first that it has heard of it hears all.
  while (heard.length === 0) {
    await post(`Before ${posted.length}`);
    await Promise.race([beginning, new Promise((resolve) => setImmediate(resolve))]);
  }
  await until('everything is on Kafka', isRelayed, { withinMs: 60_000 });

  const [struck, other] = (await holder()) === first.pid ? [first, second] : [second, first];
  await struck.kill();
  await post('After');
  await isHeldBy(other.pid);
  while (heard.at(-1) !== 'After') await hear();
  expect(heard).toEqual(posted.slice(-heard.length));
  await until('everything is on Kafka', isRelayed, { withinMs: 60_000 });
  await live.close();
});
