import { randomUUID } from 'node:crypto';
import { type RedisConnection, script } from '@starling/platform/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { gate } from '../../../platform/tests/support/gate.ts';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { reachRedis, redisShapes, type TestRedis } from '../../../tests/support/redis.ts';
import { tweetCounts } from '../src/consumers/tweet-counts.ts';
import { createCountMaker } from '../src/count-maker.ts';
import { keepSums } from '../src/count-state-store.ts';
import type { CountSums } from '../src/sums/count-sums.ts';
import { redisSums } from '../src/sums/redis-sums.ts';
import { type SummedWorld, summedWorld } from './support/summed-world.ts';
import { newId } from './support/tweets.ts';

const PLAIN = 'tweets.getCountsByTweetIds';
const BEYOND = 'tweets.getCountsByTweetIdsBeyond';

const flushScript = script(`return redis.call('FLUSHALL')`);
const leftScript = script(`return redis.call('PTTL', KEYS[1])`);

describe.each(redisShapes)('%s', (_, start) => {
  let server: TestRedis;
  let redis: RedisConnection;
  let sums: CountSums;
  let world: SummedWorld;
  let drop: () => Promise<void>;
  let tweetId: string;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    redis = await reachRedis(server.url, randomUUID());
    sums = redisSums(redis);
    const created = await createTestDatabase();
    drop = created.drop;
    world = await summedWorld(created.url);
    tweetId = await world.post();
    // From here on the state of the rows has a name.
    await world.like(tweetId);
    await world.write();
  });
  afterEach(async () => {
    await world.stop();
    await drop();
    await redis.close();
  });

  const key = () => `${redis.namespace}:count-sums:v1:{all}:sums`;
  const flush = () => redis.run(flushScript, [key()], []);
  /** Another process's. */
  const another = async () => {
    const connection = await reachRedis(server.url, redis.namespace);
    return { sums: redisSums(connection), close: () => connection.close() };
  };
  /** Once somebody else's turn is over. */
  const fold = (folder = world.folder(sums)) => until('it is folded', async () => (await folder.fold()) === 'done');
  const inSums = async () => (await sums.read([`t${tweetId}`]))?.sums.get(`t${tweetId}`)?.[0];

  describe('a count is of the moment', () => {
    test('before anything is summed, of what is in the sums, and of what came since', async () => {
      const reader = world.reader(sums);
      await world.like(tweetId, 3);
      expect(await reader.likesOf(tweetId)).toBe(4);
      await fold();
      expect(await inSums()).toBe(3);
      expect(await reader.likesOf(tweetId)).toBe(4);
      const [who] = await world.like(tweetId, 2);
      expect(await reader.likesOf(tweetId)).toBe(6);
      await world.unlike(tweetId, who as string);
      await fold();
      expect(await inSums()).toBe(4);
      expect(await reader.likesOf(tweetId)).toBe(5);
      expect(reader.statements).toEqual([PLAIN, BEYOND, BEYOND, BEYOND]);
    });

    test('also when rows were written since, and sums begin anew with the next event', async () => {
      const reader = world.reader(sums);
      await world.like(tweetId, 3);
      await fold();
      await world.write();
      expect(await reader.likesOf(tweetId)).toBe(4);
      await world.like(tweetId);
      await fold();
      expect(await inSums()).toBe(1);
      expect(await reader.likesOf(tweetId)).toBe(5);
    });

    test('of likes whose transactions were under way while others were summed, each once', async () => {
      const reader = world.reader(sums);
      const [open, inside] = [gate(), gate()];
      const slow = world.like(tweetId, 1, async () => {
        inside.open();
        await open.opened;
      });
      await inside.opened;
      await world.like(tweetId, 2);
      await fold();
      expect(await reader.likesOf(tweetId)).toBe(3);
      open.open();
      await slow;
      expect(await reader.likesOf(tweetId)).toBe(4);
      await fold();
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([3, 4]);
    });

    test('of events that are sent again under their ids, before and after they are summed and written', async () => {
      const reader = world.reader(sums);
      await world.like(tweetId, 2);
      await world.sendAgain(2);
      expect(await reader.likesOf(tweetId)).toBe(3);
      await fold();
      expect(await reader.likesOf(tweetId)).toBe(3);
      await world.sendAgain(1);
      await world.like(tweetId);
      expect(await reader.likesOf(tweetId)).toBe(4);
      await world.sendAgain(3);
      await fold();
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([3, 4]);
      await world.write();
      await world.sendAgain(5);
      await fold();
      expect(await reader.likesOf(tweetId)).toBe(4);
      await world.like(tweetId);
      await fold();
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([1, 5]);
    });

    test('of thousands of tweets and events at once, some of which were sent again', async () => {
      const reader = world.reader(sums);
      await world.like(tweetId, 3);
      await fold();
      await world.like(tweetId, 1_500);
      await world.sendAgain(1_503);
      const others = Array.from({ length: 2_500 }, () => newId('tweet'));
      const { found, truth } = await reader.read([...others, tweetId]);
      expect(found).toEqual(truth);
      await fold();
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([1_503, 1_504]);
      expect((await reader.read([...others, tweetId])).found).toEqual({ ...truth, [tweetId]: 1_504 });
    });

    test('whoever reads while it is folded, written, flushed or made anew, at every step', async () => {
      const other = await another();
      const steps: (readonly [string, () => Promise<unknown>])[] = [
        ['folded', () => fold(world.folder(other.sums))],
        ['written', () => world.write()],
        ['written and folded', () => world.write().then(() => fold(world.folder(other.sums)))],
        ['flushed', flush],
        ['flushed and folded', () => flush().then(() => fold(world.folder(other.sums)))],
        ['sent again', () => world.sendAgain(4)],
        ['overwritten', () => createCountMaker(world.database, { caughtUp: () => world.write() }).tweets([tweetId])],
      ];
      let expected = 1;
      for (const [name, step] of steps) {
        const betweenSumsAndRows = world.reader(sums);
        betweenSumsAndRows.beforeStatement(async () => void (await step()));
        const beforeAsking = world.reader({
          ...sums,
          async known(...asked) {
            await step();
            return sums.known(...asked);
          },
        });
        for (const [place, reader] of [betweenSumsAndRows, beforeAsking].entries()) {
          await world.like(tweetId, 2);
          await fold();
          await world.like(tweetId);
          expected += 3;
          const { found, truth } = await reader.read([tweetId]);
          expect([name, place, found, truth]).toEqual([name, place, truth, { [tweetId]: expected }]);
        }
      }
      await other.close();
    });
  });

  describe('whoever folds', () => {
    /** Stands still between the statement and the script until it may go on. */
    const halted = (store: CountSums) => {
      const [reached, open] = [gate(), gate()];
      const stalled: CountSums = {
        ...store,
        async add(...addition) {
          reached.open();
          await open.opened;
          return store.add(...addition);
        },
      };
      return { sums: stalled, reached: reached.opened, go: open.open };
    };

    test.each([
      ['nothing', async () => {}, 'done'],
      ['another one', () => fold(), 'later'],
      ['rows that are written', () => world.write(), 'done'],
      [
        'rows that are written and another one',
        () =>
          world
            .write()
            .then(() => world.like(tweetId))
            .then(() => fold()),
        'later',
      ],
      ['Redis that is flushed', flush, 'later'],
      ['Redis that is flushed and another one', () => flush().then(() => fold()), 'later'],
    ])('may stand still between statement and script for %s', async (_name, meanwhile, outcome) => {
      const reader = world.reader(sums);
      await world.like(tweetId, 2);
      await fold();
      await world.like(tweetId, 3);
      const { sums: slow, reached, go } = halted(sums);
      const folder = world.folder(slow);
      let folding = folder.fold();
      await until('it has its turn', async () => {
        const first = await Promise.race([folding, reached]);
        if (first === undefined) return true;
        folding = folder.fold();
        return false;
      });
      await world.like(tweetId);
      await meanwhile();
      const expected = (await world.truth([tweetId])).get(tweetId);
      expect(await reader.likesOf(tweetId)).toBe(expected);
      go();
      expect(await folding).toBe(outcome);
      expect(await reader.likesOf(tweetId)).toBe(expected);
      await fold();
      expect(await reader.likesOf(tweetId)).toBe(expected);
      await world.write();
      expect(await reader.likesOf(tweetId)).toBe(expected);
    });

    test('leaves what is more than it takes to whoever writes', async () => {
      await world.like(tweetId, 4_500);
      let asked = 0;
      const folder = world.folder(sums, async () => {
        asked += 1;
        await world.write();
      });
      expect(await folder.fold()).toBe('later');
      expect(asked).toBe(1);
      await fold(folder);
      const reader = world.reader(sums, { caughtUp: () => world.write() });
      expect(await reader.likesOf(tweetId)).toBe(4_501);
      await folder.stop();
    });

    test('has rows written once sums hold much, and adds no more to sums that are full', async () => {
      let asked = 0;
      const folder = world.folder(sums, async () => {
        asked += 1;
      });
      const reader = world.reader(sums, { caughtUp: () => world.write() });
      await world.like(tweetId, 2_000);
      await fold(folder);
      expect(asked).toBe(0);
      // The eleventh is the last that there is room for.
      for (let round = 1; round <= 11; round += 1) {
        await world.like(tweetId, 3_500);
        await fold(folder);
        expect(asked).toBeGreaterThan(0);
      }
      const full = await inSums();
      await world.like(tweetId, 10);
      await until('it is full', async () => (await folder.fold()) === 'later');
      expect(await inSums()).toBe(full);
      expect(await reader.likesOf(tweetId)).toBe(40_511);
      await world.write();
      await world.like(tweetId, 10);
      await fold(folder);
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([10, 40_521]);
      await folder.stop();
    });

    test('tells whoever writes that there is no hurry, and sums are gone by themselves', async () => {
      const { paceMs, handle } = tweetCounts(world.database);
      const pace = paceMs as () => number;
      await handle([]);
      expect(pace()).toBe(100);
      await world.like(tweetId);
      await fold();
      await handle([]);
      expect(pace()).toBe(5_000);
      await keepSums(world.database, 0);
      await handle([]);
      expect(pace()).toBe(100);
      const left = Number(await redis.run(leftScript, [key()], []));
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(600_000);
    });
  });

  describe('what is lost', () => {
    test('in PostgreSQL, with the name of its state, takes the sums along', async () => {
      const reader = world.reader(sums);
      await world.like(tweetId, 3);
      await fold();
      // As after a crash: the last likes were not on disk, and what is not logged is empty.
      await world.database.pool.query(`
        TRUNCATE tweets.counts_written;
        DELETE FROM tweets.likes WHERE user_id IN (SELECT user_id FROM tweets.likes ORDER BY user_id DESC LIMIT 2);
        DELETE FROM platform.outbox WHERE position IN (SELECT position FROM platform.outbox ORDER BY position DESC LIMIT 2)`);
      expect(await inSums()).toBe(3);
      expect(await reader.likesOf(tweetId)).toBe(2);
      await world.like(tweetId);
      const folder = world.folder(sums, () => world.write());
      await until('the state has a name', async () => (await folder.fold()) === 'done');
      expect(await reader.likesOf(tweetId)).toBe(3);
      await world.like(tweetId);
      await fold(folder);
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([1, 4]);
      await folder.stop();
    });

    test('in Redis is made anew', async () => {
      const reader = world.reader(sums);
      await world.like(tweetId, 3);
      await fold();
      await flush();
      expect(await reader.likesOf(tweetId)).toBe(4);
      await fold();
      expect([await inSums(), await reader.likesOf(tweetId)]).toEqual([3, 4]);
    });
  });

  test('people who like, unlike and read while others fold, write, send again, overwrite and flush', async () => {
    const other = await another();
    const tweetIds = [tweetId, await world.post(), await world.post()];
    const counts = await world.eventLog.consume({ ...tweetCounts(world.database), paceMs: 20 });
    const folders = [sums, other.sums].map((each) => world.folder(each, () => counts.caughtUp()));
    const maker = createCountMaker(world.database, counts);
    let reads = 0;
    let done = false;
    const whileReading = async (work: (round: number) => Promise<unknown>) => {
      for (let round = 0; !done; round += 1) await work(round);
    };
    const target = (round: number) => tweetIds[round % tweetIds.length] as string;
    const findings: unknown[] = [];
    const readers = [sums, other.sums].map((each) => world.reader(each, counts));
    const reading = async (reader: (typeof readers)[number], isLast: () => boolean) => {
      while (!isLast()) {
        const mine = target(reads);
        await world.like(mine);
        const least = (await world.truth([mine])).get(mine) ?? 0;
        const { found, truth } = await reader.read(tweetIds);
        reads += 1;
        const isRight = tweetIds.every((id) => found[id] === truth[id]);
        // Nobody takes back more at a time than the one who unlikes.
        if (!isRight || (found[mine] ?? 0) < least - 1) findings.push({ found, truth, mine, least });
      }
    };
    const enough = () => reads >= 300 && readers.every(({ summed }) => summed() >= 50);
    const busy = [
      whileReading(async (round) => void (await world.like(target(round), 1 + (round % 4)))),
      whileReading(async (round) => {
        const [who] = await world.like(target(round));
        await world.unlike(target(round), who as string);
      }),
      whileReading(async (round) => {
        // Longer than a few folds.
        await world.like(target(round), 1, () => folders[0]?.fold().then(() => {}) ?? Promise.resolve());
      }),
      ...folders.map((folder) => whileReading(() => folder.fold())),
      whileReading(() => world.sendAgain(3)),
      whileReading(async (round) => {
        if (round % 20 === 19) await maker.tweets(tweetIds);
        if (round % 50 === 25) await flush();
        if (round % 70 === 35) await world.database.pool.query('TRUNCATE tweets.counts_written');
        await world.like(target(round));
      }),
    ];
    await Promise.all(readers.map((reader) => reading(reader, enough)));
    done = true;
    await Promise.all(busy);
    expect(findings).toEqual([]);
    await counts.caughtUp();
    const [first] = readers;
    const { found, truth } = (await first?.read(tweetIds)) ?? {};
    expect(found).toEqual(truth);
    await counts.stop();
    for (const folder of folders) await folder.stop();
    await other.close();
  });

  test('while Redis is away or silent, counts are right, and sums are used again when it is back', async () => {
    const reader = world.reader(sums);
    await world.like(tweetId, 3);
    await fold();
    await server.kill();
    await world.like(tweetId, 2);
    expect(await reader.likesOf(tweetId)).toBe(6);
    await world.write();
    expect(await reader.likesOf(tweetId)).toBe(6);
    await world.like(tweetId);
    await server.recover();
    await until('it is summed again', async () => {
      await world.folder(sums).fold();
      return (await inSums()) === 1;
    });
    expect(await reader.likesOf(tweetId)).toBe(7);
    expect(reader.statements.at(-1)).toBe(BEYOND);
  });
});
