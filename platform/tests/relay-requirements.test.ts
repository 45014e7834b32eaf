import { randomBytes } from 'node:crypto';
import { createStopList } from '@starling/platform/lifecycle';
import { openParts } from '@starling/platform/parts';
import { openDatabase, statement } from '@starling/platform/postgres';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { checkRelayGround, type RelayGround, wantingFor } from '../src/event-log/kafka/relay/requirements.ts';

const GROUND: RelayGround = {
  version: '18.4',
  major: 18,
  walLevel: 'logical',
  user: 'starling',
  mayReplicate: true,
  hasRoom: true,
  maxReplicationSlots: '8',
  maxWalSenders: '8',
  keepSizeBytes: 4 * 2 ** 30,
};

test('a PostgreSQL that can feed Kafka lacks nothing', () => {
  expect(wantingFor(GROUND)).toEqual([]);
});

test.each([
  [{ version: '16.9', major: 16 }, 'It is version 16.9; version 17 or newer is needed.'],
  [{ walLevel: 'replica' }, 'set wal_level=logical'],
  [{ mayReplicate: false }, 'ALTER ROLE "starling" REPLICATION'],
  [{ hasRoom: false }, 'raise max_replication_slots=8'],
  [{ maxWalSenders: '0' }, 'max_wal_senders=0'],
])('one with %j is told what to do about it', (different, told) => {
  expect(wantingFor({ ...GROUND, ...different })).toEqual([expect.stringContaining(told)]);
});

test('a real one is asked: as its owner it lacks nothing, as a user who may not replicate it says whom to let', async () => {
  const created = await createTestDatabase();
  const database = openDatabase({ url: created.url, applicationName: 'tests' });
  const role = `starling_test_${randomBytes(6).toString('hex')}`;
  const run = (name: string, sql: string) => database.query(statement(`tests.${name}`, sql));
  expect(await checkRelayGround(database)).toMatchObject({ walLevel: 'logical', mayReplicate: true, hasRoom: true });
  await run('makeRole', `create role ${role}`);
  try {
    await run('letLook', `grant usage on schema platform to ${role}`);
    await run('letRead', `grant select on platform.relays to ${role}`);
    const humble = openDatabase({ url: created.url, applicationName: 'tests', settings: { role } });
    await expect(checkRelayGround(humble)).rejects.toThrow(
      new RegExp(`DATABASE_URL cannot feed the Kafka at KAFKA_BROKERS[^]*ALTER ROLE "${role}" REPLICATION`),
    );
    await humble.close();
  } finally {
    await run('dropOwned', `drop owned by ${role}`);
    await run('dropRole', `drop role ${role}`);
    await database.close();
    await created.drop();
  }
});

test('a start without Kafka says that events are kept for a relay that ran before, until it is given up', async () => {
  const created = await createTestDatabase();
  const database = openDatabase({ url: created.url, applicationName: 'tests' });
  const run = (name: string, sql: string) => database.query(statement(`tests.${name}`, sql));
  const start = async (): Promise<string[]> => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const stops = createStopList((_, error) => {
      throw error;
    });
    await openParts({ url: created.url, name: 'tests', alone: false, logger, stops });
    await stops.stop();
    return lines;
  };
  try {
    expect(await start()).toEqual([]);
    await run('leaveRelay', "insert into platform.relays values ('cluster', 'starling_relay_gone', '0/1', '1:1:')");
    expect(await start()).toEqual([expect.stringContaining('KAFKA_BROKERS is not set')]);
    await run('giveUpRelay', 'delete from platform.relays');
    expect(await start()).toEqual([]);
  } finally {
    await database.close();
    await created.drop();
  }
});
