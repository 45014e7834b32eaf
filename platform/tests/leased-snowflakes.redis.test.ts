import { randomUUID } from 'node:crypto';
import { type RedisConnection, script } from '@starling/platform/redis';
import { leaseSnowflakes, redisWriterLeases, type SnowflakeSource, snowflakeMs } from '@starling/platform/snowflake';
import { Cluster, Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../../engines/processes.ts';
import { reachRedis, redisShapes, type TestRedis } from '../../tests/support/redis.ts';
import { writerLeaseKeys } from '../src/redis/keys.ts';
import { snowflakeSourceContract } from './snowflake-source.contract.ts';
import { type ManualClock, manualClock } from './support/manual-clock.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOON = Date.UTC(2026, 0, 31, 12);
const AHEAD_MS = 10_000;
const DOUBT_MS = 15_000;

const writerOf = (id: string) => Number((BigInt(id) >> 12n) & 63n);

describe.each(redisShapes)('Writer numbers leased from %s', (shape, start) => {
  let server: TestRedis;
  let redis: RedisConnection;
  let namespace: string;
  let sources: SnowflakeSource[] = [];

  beforeAll(async () => {
    server = await start();
    redis = await reachRedis(server.url);
  });

  afterEach(async () => {
    await Promise.all(sources.map((source) => source.stop()));
    sources = [];
  });

  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });

  const open = async (clock: ManualClock = manualClock(NOON), system = namespace) => {
    const named = Object.create(redis, { namespace: { value: system } }) as RedisConnection;
    const source = await leaseSnowflakes({ leases: redisWriterLeases({ redis: named }), clock });
    sources.push(source);
    return source;
  };

  /** A system whose server has leased numbers before. */
  const known = async () => {
    const system = randomUUID();
    await (await open(manualClock(NOON - 3_600_000), system)).stop();
    return system;
  };

  test('what is kept of them expires when nobody leases or renews any more', async () => {
    const system = await known();
    const source = await open(manualClock(NOON), system);
    const ttl = script("return redis.call('PTTL', KEYS[1])");
    const left = () => redis.run(ttl, [writerLeaseKeys(system).writers], []).then(Number);
    expect(await left()).toBeGreaterThan(DOUBT_MS);
    await source.stop();
    expect(await left()).toBeGreaterThan(DOUBT_MS);
  });

  const asked = async <Answer>(ask: (client: Redis | Cluster) => Promise<Answer>): Promise<Answer> => {
    const addresses = server.url.split(',');
    const client = addresses.length > 1 ? new Cluster(addresses) : new Redis(addresses[0] ?? '');
    try {
      return await ask(client);
    } finally {
      client.disconnect();
    }
  };
  const keyOf = (system: string) => `${system}:snowflake-writers:v1`;
  /** As if a server that never heard of the last moment had taken over. */
  const replaceServer = (system: string) => asked((client) => client.hset(keyOf(system), 'server', 'another'));

  snowflakeSourceContract(shape, {
    open: (clock) => open(clock),
    async prepare() {
      namespace = await known();
    },
    async close() {
      await Promise.all(sources.map((source) => source.stop()));
    },
  });

  test('63 processes hold 63 numbers, the next is refused clearly, and gets the number that is given back', async () => {
    namespace = await known();
    const all = await Promise.all(Array.from({ length: 63 }, () => open()));
    const writers = await Promise.all(all.map(async (source) => writerOf(await source.next('tweet'))));
    expect(new Set(writers).size).toBe(63);
    await expect(open()).rejects.toThrow('All 63 writer numbers');
    await all[7]?.stop();
    const id = await (await open()).next('tweet');
    expect([writerOf(id), snowflakeMs(id)]).toEqual([writers[7], NOON + 1]);
  });

  test('a server that nobody knows makes new holders wait until all that was reserved before is over', async () => {
    const clock = manualClock(NOON);
    const first = await (await open(clock, randomUUID())).next('tweet');
    expect(snowflakeMs(first)).toBe(NOON + DOUBT_MS + 1);
  });

  test('a lease that is forgotten is not given twice: its holder ends before the next begins', async () => {
    namespace = await known();
    const clock = manualClock(NOON);
    const holder = await open(clock);
    const made = [await holder.next('tweet')];
    await asked((client) => client.del(keyOf(namespace)));
    const next = await open(manualClock(NOON));
    const others: string[] = [];
    for (let count = 0; count < 63 && !others.some((id) => writerOf(id) === writerOf(made[0] ?? '')); count++) {
      others.push(await (count === 0 ? next : await open(manualClock(NOON))).next('tweet'));
    }
    // What it has reserved it may still use; then it has to ask, and takes another number.
    clock.ms = NOON + AHEAD_MS;
    made.push(await holder.next('tweet'));
    clock.ms++;
    made.push(await holder.next('tweet'));
    expect(writerOf(made[1] ?? '')).toBe(writerOf(made[0] ?? ''));
    expect(writerOf(made[2] ?? '')).not.toBe(writerOf(made[0] ?? ''));
    expect(Math.min(...others.map(snowflakeMs))).toBeGreaterThan(NOON + AHEAD_MS);
    expect(new Set([...made, ...others]).size).toBe(made.length + others.length);
  });

  test('a holder that renews goes on under another server, and one that was silent for long does not', async () => {
    namespace = await known();
    const clock = manualClock(NOON);
    const holder = await open(clock);
    const before = await holder.next('tweet');
    await replaceServer(namespace);
    clock.ms += AHEAD_MS + 1;
    const after = await holder.next('tweet');
    expect([writerOf(after), snowflakeMs(after)]).toEqual([writerOf(before), NOON + AHEAD_MS + 1]);

    const long = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000);
    await replaceServer(namespace);
    clock.ms += AHEAD_MS + 1;
    const doubted = await holder.next('tweet');
    long.mockRestore();
    expect(snowflakeMs(doubted)).toBeGreaterThan(NOON + AHEAD_MS + DOUBT_MS);
  });

  test('a server that dies takes no number into two hands', async () => {
    const systems = await Promise.all(Array.from({ length: 12 }, known));
    const holders = await Promise.all(
      systems.map(async (system) => {
        const clock = manualClock(NOON);
        const source = await open(clock, system);
        return { system, clock, source, ids: [await source.next('tweet')] };
      }),
    );
    await server.kill();
    for (const { clock, source, ids } of holders) {
      clock.ms = NOON + AHEAD_MS;
      ids.push(await source.next('tweet'));
    }
    await server.recover();
    for (const { system, source, ids, clock } of holders) {
      await until('a number can be leased again', async () => {
        const next = await open(manualClock(NOON), system);
        ids.push(await next.next('tweet'));
        return true;
      });
      clock.ms++;
      await until('the holder makes ids again', async () => {
        ids.push(await source.next('tweet'));
        return true;
      });
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(4);
    }
  });
});
