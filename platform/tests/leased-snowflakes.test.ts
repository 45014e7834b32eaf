import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { leaseSnowflakes, postgresWriterLeases, type SnowflakeSource, snowflakeMs } from '@starling/platform/snowflake';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { snowflakeSourceContract } from './snowflake-source.contract.ts';
import { type ManualClock, manualClock } from './support/manual-clock.ts';

const NOON = Date.UTC(2026, 0, 31, 12);
const AHEAD_MS = 10_000;

const writerOf = (id: string) => Number((BigInt(id) >> 12n) & 63n);

let created: TestDatabase;
let database: Database;
const prepare = async () => {
  created = await createTestDatabase();
  database = openDatabase({ url: created.url, applicationName: 'id tests' });
};
const close = async () => {
  await database.close();
  await created.drop();
};

snowflakeSourceContract('Leased writer numbers', {
  open: (clock) => leaseSnowflakes({ leases: postgresWriterLeases(database), clock }),
  prepare,
  close,
});

describe('Leased writer numbers', () => {
  let sources: SnowflakeSource[];

  beforeEach(async () => {
    await prepare();
    sources = [];
  });

  afterEach(async () => {
    await Promise.all(sources.map((source) => source.stop()));
    await close();
  });

  const open = async (clock: ManualClock = manualClock(NOON)) => {
    const source = await leaseSnowflakes({ leases: postgresWriterLeases(database), clock });
    sources.push(source);
    return source;
  };

  /** As if the holders had been silent for longer than a lease lasts. */
  const expireLeases = () =>
    database.query(
      statement(
        'tests.expireLeases',
        `update platform.snowflake_writers set expires_at = now() where holder is not null`,
      ),
    );

  const reservedOf = async (writer: number) => {
    const rows = await database.query<{ reserved: string; holder: string | null }>(
      statement(
        'tests.reservedOf',
        'select reserved_until_ms as reserved, holder from platform.snowflake_writers where writer = $1',
      ),
      [writer],
    );
    return { ms: Number(rows[0]?.reserved), held: rows[0]?.holder !== null };
  };

  test('63 processes hold 63 numbers, the next is refused clearly, and gets the number that is given back', async () => {
    const all = await Promise.all(Array.from({ length: 63 }, () => open()));
    const writers = await Promise.all(all.map(async (source) => writerOf(await source.next('tweet'))));
    expect([...writers].sort((a, b) => a - b)).toEqual(Array.from({ length: 63 }, (_, writer) => writer));
    await expect(open()).rejects.toThrow('All 63 writer numbers');
    await all[7]?.stop();
    const clock = manualClock(NOON);
    const next = await open(clock);
    const id = await next.next('tweet');
    expect(writerOf(id)).toBe(writers[7]);
    expect(snowflakeMs(id)).toBe(NOON + 1);
  });

  test('no id is made beyond what is reserved: more is reserved first', async () => {
    const clock = manualClock(NOON);
    const source = await open(clock);
    const writer = writerOf(await source.next('tweet'));
    expect(await reservedOf(writer)).toEqual({ ms: NOON + AHEAD_MS, held: true });
    for (const later of [AHEAD_MS, AHEAD_MS + 1, 86_400_000]) {
      clock.ms = NOON + later;
      const id = await source.next('tweet');
      expect(snowflakeMs(id)).toBe(NOON + later);
      expect((await reservedOf(writer)).ms).toBeGreaterThanOrEqual(snowflakeMs(id));
    }
  });

  test('a number that is given back is free at once from the millisecond after its last id', async () => {
    const clock = manualClock(NOON);
    const source = await open(clock);
    clock.ms += 5;
    const writer = writerOf(await source.next('tweet'));
    await source.stop();
    expect(await reservedOf(writer)).toEqual({ ms: NOON + 5, held: false });
  });

  test('a process that was silent too long takes another number, and its ids go on rising', async () => {
    const silent = manualClock(NOON);
    const first = await open(silent);
    const before = await first.next('tweet');
    await expireLeases();
    // Every other number was used later: the silent one's is the next to be leased.
    await database.query(
      statement('tests.useOthers', 'update platform.snowflake_writers set reserved_until_ms = $1 where writer <> $2'),
      [NOON + AHEAD_MS + 1, writerOf(before)],
    );
    const second = await open(manualClock(NOON));
    expect(writerOf(await second.next('tweet'))).toBe(writerOf(before));

    silent.ms = NOON + AHEAD_MS + 1;
    const after = await first.next('tweet');
    expect(writerOf(after)).not.toBe(writerOf(before));
    expect(BigInt(after)).toBeGreaterThan(BigInt(before));
    expect(snowflakeMs(after)).toBeGreaterThan(NOON + AHEAD_MS + 1);
  });

  test('what a silent process still makes of its reservation is never made again by the next holder', async () => {
    const silent = manualClock(NOON);
    const first = await open(silent);
    const writer = writerOf(await first.next('tweet'));
    await expireLeases();
    await database.query(
      statement('tests.useOthers', 'update platform.snowflake_writers set reserved_until_ms = $1 where writer <> $2'),
      [NOON + 10 * AHEAD_MS, writer],
    );
    const second = await open(manualClock(NOON - 500));
    silent.ms = NOON + AHEAD_MS;
    const [late, early] = [await first.next('tweet'), await second.next('tweet')];
    expect([writerOf(late), writerOf(early)]).toEqual([writer, writer]);
    expect(BigInt(early)).toBeGreaterThan(BigInt(late));
  });

  test('when nothing more can be reserved, ids are refused with the reason, until it can', async () => {
    const clock = manualClock(NOON);
    const source = await open(clock);
    const hide = statement('tests.hideWriters', 'alter table platform.snowflake_writers rename to hidden');
    const show = statement('tests.showWriters', 'alter table platform.hidden rename to snowflake_writers');
    await database.query(hide);
    clock.ms += AHEAD_MS;
    expect(snowflakeMs(await source.next('tweet'))).toBe(NOON + AHEAD_MS);
    clock.ms += 1;
    await expect(source.next('tweet')).rejects.toThrow('snowflake_writers');
    await database.query(show);
    expect(snowflakeMs(await source.next('tweet'))).toBe(NOON + AHEAD_MS + 1);
  });

  test('the system clock is the default', async () => {
    const source = await leaseSnowflakes({ leases: postgresWriterLeases(database) });
    sources.push(source);
    const before = Date.now();
    const ms = snowflakeMs(await source.next('tweet'));
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(ms).toBeLessThanOrEqual(Date.now());
  });
});
