import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKafkaEventLog, createPostgresEventLog, type EventLog } from '@starling/platform/event-log';
import { type Database, migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { type StartedBrokers, startBrokers } from '../../engines/kafka-brokers.ts';
import { missingKafka } from '../../engines/kafka-jars.ts';
import { inTurns } from '../shared/in-turns.ts';
import { machine } from '../shared/machine.ts';
import { median, quantile, whole } from '../shared/numbers.ts';
import { readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { listen } from './listener.ts';

const options = readOptions({
  rounds: { byDefault: 3, most: 100 },
  seconds: { byDefault: 4, most: 60 },
  'per-second': { byDefault: 200, most: 2_000 },
  events: { byDefault: 20_000, most: 1_000_000 },
});
const { rounds, seconds, 'per-second': perSecond, events, output } = options;

const FLOOD_WRITERS = 4;
/** Of so many, each writer has some that no other has. */
const KEYS = 12 * FLOOD_WRITERS;
const TOGETHER = 100;

interface Round {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly eventsPerSecond: number;
}

/** Commits numbered events in one transaction, and answers when it was committed. */
async function commit(database: Database, log: EventLog, topic: string, numbers: readonly number[]): Promise<number> {
  await database.transaction((transaction) =>
    log.append(
      transaction,
      numbers.map((number) => ({
        id: randomUUID(),
        topic,
        name: 'event.made.v1',
        key: String(number % KEYS),
        payload: { number },
      })),
    ),
  );
  return performance.now();
}

/** From the commit of each event until its handler had it, in milliseconds. */
async function trickle(database: Database, log: EventLog, topic: string): Promise<number[]> {
  const listener = await listen(log, topic);
  const count = perSecond * seconds;
  const committed: Promise<number>[] = [];
  const begin = performance.now();
  for (let number = 0; number < count; number += 1) {
    await pause(Math.max(0, begin + (number * 1_000) / perSecond - performance.now()));
    // One key's events are committed one after the other.
    await committed[number - KEYS];
    committed.push(commit(database, log, topic, [number]));
  }
  const committedAt = await Promise.all(committed);
  await listener.reached(count);
  await listener.stop();
  return committedAt.map((at, number) => Math.max(0, (listener.cameAt.get(number) ?? Number.NaN) - at));
}

/** Events a second, from the first commit until the last event has come. */
async function flood(database: Database, log: EventLog, topic: string): Promise<number> {
  const listener = await listen(log, topic);
  const begin = performance.now();
  // Each writer has keys of its own.
  const share = Math.ceil(events / FLOOD_WRITERS / TOGETHER) * TOGETHER;
  await Promise.all(
    Array.from({ length: FLOOD_WRITERS }, async (_, writer) => {
      for (let start = 0; start < share; start += TOGETHER) {
        const numbers = Array.from({ length: TOGETHER }, (_, index) => (start + index) * FLOOD_WRITERS + writer);
        await commit(database, log, topic, numbers);
      }
    }),
  );
  await listener.reached(share * FLOOD_WRITERS);
  const took = performance.now() - begin;
  await listener.stop();
  return (share * FLOOD_WRITERS * 1_000) / took;
}

async function measure(database: Database, log: EventLog): Promise<Round> {
  // What came before is on other topics.
  const latencies = await trickle(database, log, `bench.trickle-${randomUUID()}`);
  const eventsPerSecond = await flood(database, log, `bench.flood-${randomUUID()}`);
  return { medianMs: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99), eventsPerSecond };
}

const IN_POSTGRES = 'in PostgreSQL';
const ON_KAFKA = 'relayed to Kafka, one broker';

function report(described: string, measured: ReadonlyMap<string, readonly Round[]>): string {
  const of = (name: string, value: (round: Round) => number) => median((measured.get(name) ?? []).map(value));
  const rate = ({ eventsPerSecond }: Round) => eventsPerSecond;
  const rows = [...measured.keys()].map((name) => {
    const cells = [
      name,
      of(name, ({ medianMs }) => medianMs).toFixed(1),
      of(name, ({ p99Ms }) => p99Ms).toFixed(1),
      whole(of(name, rate)),
      (of(name, rate) / of(IN_POSTGRES, rate)).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `From the commit of an event until its consumer has it: ${whole(perSecond)} commits a second for ${seconds} s, then ${whole(events)} events as fast as four
writers commit them, ${TOGETHER} at a time. Medians of ${rounds} interleaved rounds; every event came, in the order of its key.
${described}
Compare the ratios; the rest is of one machine and one moment. \`npm run event-log -w bench\`.

| event log | median ms | p99 ms | events/s | of the first |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

async function bench(url: string, kafka: StartedBrokers): Promise<void> {
  const described = machine();
  await migrate(url, [platformMigrations]);
  const database = openDatabase({ url, applicationName: 'bench', maxConnections: 32 });
  const logs = [
    [IN_POSTGRES, createPostgresEventLog({ url })],
    [ON_KAFKA, createKafkaEventLog({ url, brokers: kafka.addresses.split(',') })],
  ] as const;
  try {
    const measured = new Map<string, Round[]>(logs.map(([name]) => [name, []]));
    for (const [round, [name, log]] of inTurns(rounds, logs)) {
      const found = await measure(database, log);
      measured.get(name)?.push(found);
      const { medianMs, p99Ms, eventsPerSecond } = found;
      const told = `${medianMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ${whole(eventsPerSecond)} events/s`;
      console.log(`round ${round + 1} of ${rounds}: ${told}  ${name}`);
    }
    const text = report(described, measured);
    console.log(`\n${text}`);
    if (output !== undefined) await writeSection(output, 'event-log', 'Event log', text);
  } finally {
    for (const [, log] of logs) await log.stop();
    await database.close();
  }
}

async function run(directory: string): Promise<void> {
  const missing = missingKafka();
  if (missing !== undefined) throw new Error(missing);
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
  try {
    const kafka = await startBrokers(join(directory, 'kafka'), 1);
    try {
      await bench(postgres.url, kafka);
    } finally {
      for (const { pid } of kafka.brokers) process.kill(pid, 'SIGKILL');
    }
  } finally {
    await postgres.stop();
  }
}

const directory = await mkdtemp(join(tmpdir(), 'starling-bench-'));
try {
  await run(directory);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}
