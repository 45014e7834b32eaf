import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { expect, onTestFinished, test } from 'vitest';
import { numbered, numbersOf, TOPIC } from './support/events.ts';

/** What is committed without waiting for the disk stays off the disk. */
const LAZY = { wal_writer_delay: '10s' };

test('a memory offset that outlives a crash of PostgreSQL misses nothing, though transaction numbers come again', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-log-crash-'));
  let postgres = await startEmbeddedPostgres({ dataDirectory, settings: LAZY });
  const { url } = postgres;
  await migrate(url, [platformMigrations]);
  const database = openDatabase({ url, applicationName: 'event log tests' });
  const log = createPostgresEventLog({ url });
  onTestFinished(async () => {
    await log.stop();
    await database.close();
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  const append = (number: number, durable: boolean) =>
    database.transaction((transaction) => log.append(transaction, [numbered(number)]), { durable });
  const heard = new Set<number>();
  const { caughtUp } = await log.consume({
    group: 'tests.memory',
    topics: [TOPIC],
    offset: 'memory',
    async handle(events) {
      for (const number of numbersOf(events)) heard.add(number);
    },
  });
  await append(1, true);
  await append(2, false);
  await caughtUp();
  expect([...heard]).toEqual([1, 2]);

  process.kill(postgres.pid, 'SIGKILL');
  await postgres.gone;
  await postgres.stop();
  postgres = await startEmbeddedPostgres({ dataDirectory, settings: LAZY, port: Number(new URL(url).port) });

  // Takes the number of the second transaction, which is lost.
  await append(3, true);
  await caughtUp();
  expect([...heard]).toEqual([1, 2, 3]);
});
