import { loadavg } from 'node:os';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { openRedis } from '@starling/platform/redis';
import { createTimeline, migrations, redisTimelineCache } from '@starling/timeline';
import { Redis } from 'ioredis';
import { until } from '../../engines/processes.ts';
import { benchPostgres, benchRedis } from '../shared/engines.ts';
import { inTurns } from '../shared/in-turns.ts';
import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import { readOptions } from '../shared/options.ts';
import { newTweetId, posted } from '../shared/posts.ts';
import { writeSection } from '../shared/section.ts';
import { runBench } from '../shared/stops.ts';

const CAPACITY = 800;
const AUTHOR = '900000000000000000';
const FIRST_FOLLOWER = 1_000_000_000_000_000_000n;
const PIPELINE = 1_000;

const { tweets, rounds, output, ...counts } = readOptions({
  followers: { byDefault: 2_000, most: 100_000 },
  tweets: { byDefault: 50, most: 1_000 },
  rounds: { byDefault: 5, most: 100 },
});
const followers = Array.from({ length: counts.followers }, (_, index) =>
  String(FIRST_FOLLOWER + BigInt(index) * 4_194_304n),
);

/** What is in every timeline at the beginning, oldest first. */
const old = Array.from({ length: CAPACITY }, newTweetId);
const oldEntries = BigInt64Array.from(old.toReversed(), BigInt);

interface Contestant {
  readonly name: string;
  deliver(entryIds: readonly string[]): Promise<void>;
  /** The follower's timeline, newest first. */
  read(follower: string): Promise<readonly string[]>;
  /** Everything that was delivered, oldest first. */
  readonly delivered: string[];
  readonly perSecond: number[];
}

const contestant = (name: string, ways: Pick<Contestant, 'deliver' | 'read'>): Contestant => ({
  name,
  ...ways,
  delivered: [...old],
  perSecond: [],
});

await runBench(async (stops) => {
  const [loadBefore = 0] = loadavg();
  const { url: redisUrl } = await benchRedis(stops);
  const { url } = await benchPostgres(stops);
  await migrate(url, [platformMigrations, migrations]);
  const database = openDatabase({ url, applicationName: 'fan-out bench' });
  stops.add(() => database.close());
  await database.pool.query('INSERT INTO timeline.follows SELECT unnest($1::bigint[]), $2::bigint', [
    followers,
    AUTHOR,
  ]);
  await database.pool.query('INSERT INTO timeline.follower_counts VALUES ($1, $2)', [AUTHOR, followers.length]);
  await database.pool.query('ANALYZE');

  const raw = new Redis(redisUrl);
  stops.add(async () => raw.disconnect());
  // As long as the keys that the product writes to.
  const rawKey = (follower: string) => `starling:raw:homes:v4:{b0}:timelines:${follower}`;
  const byHand = contestant('ZADD and ZREMRANGEBYRANK, pipelined', {
    async deliver(entryIds) {
      for (const entryId of entryIds) {
        for (let start = 0; start < followers.length; start += PIPELINE) {
          const pipeline = raw.pipeline();
          for (const follower of followers.slice(start, start + PIPELINE)) {
            pipeline.zadd(rawKey(follower), 0, entryId);
            pipeline.zremrangebyrank(rawKey(follower), 0, -CAPACITY - 1);
          }
          const failed = (await pipeline.exec())?.find(([error]) => error)?.[0];
          if (failed) throw failed;
        }
      }
    },
    read: (follower) => raw.zrevrange(rawKey(follower), 0, -1),
  });

  for (const follower of followers) await raw.zadd(rawKey(follower), ...old.flatMap((entryId) => [0, entryId]));

  async function openCache(namespace: string) {
    const redis = await openRedis({ url: redisUrl, name: namespace, namespace });
    stops.add(() => redis.close());
    await until('Redis is reached', () => redis.checkReady().then(() => true));
    const cache = redisTimelineCache({ redis, capacity: CAPACITY });
    const read = async (follower: string) => [...((await cache.get(follower))?.ids ?? [])].map(String);
    const fill = async () => {
      for (const viewerId of followers) {
        const build = await cache.beginBuild(viewerId);
        const content = {
          ids: oldEntries,
          completeDownTo: oldEntries.at(-1) ?? 0n,
          graphVersion: 0n,
          builtAt: Date.now(),
        };
        if (!(await build.finish(content))) throw new Error('A timeline was not kept.');
      }
    };
    return { redis, cache, read, fill };
  }

  const alone = await openCache('bench-cache');
  await alone.cache.join(0n);
  await alone.fill();
  const pushed = contestant('the cache of timelines', {
    async deliver(entryIds) {
      for (const entryId of entryIds) await alone.cache.push([{ entryIds: [BigInt(entryId)], viewerIds: followers }]);
    },
    read: alone.read,
  });

  const inProduct = await openCache('bench-product');
  const eventLog = createPostgresEventLog({ url });
  const timeline = createTimeline(
    { database, eventLog },
    { timelineCache: inProduct.cache, pushFollowerLimit: followers.length },
  );
  await timeline.start();
  stops.add(async () => {
    await timeline.stop();
    await eventLog.stop();
  });
  await inProduct.fill();
  const fromLog = contestant('the same from the event log on: copies, followers, pushes', {
    async deliver(entryIds) {
      const events = entryIds.map((entryId) => posted(entryId, AUTHOR));
      await database.transaction((transaction) => eventLog.append(transaction, events));
      await eventLog.processAll();
    },
    read: inProduct.read,
  });

  const contestants = [byHand, pushed, fromLog];
  async function deliver(one: Contestant, size: number): Promise<number> {
    const entryIds = Array.from({ length: size }, newTweetId);
    const began = performance.now();
    await one.deliver(entryIds);
    const seconds = (performance.now() - began) / 1_000;
    one.delivered.push(...entryIds);
    return (size * followers.length) / seconds;
  }
  console.log('All timelines are full.');
  for (const [round, one] of inTurns(rounds, contestants)) {
    const perSecond = await deliver(one, tweets);
    one.perSecond.push(perSecond);
    console.log(`round ${round + 1} of ${rounds}: ${whole(perSecond)} deliveries/s  ${one.name}`);
  }
  for (const one of contestants) {
    const expected = one.delivered.toReversed();
    for (const follower of followers) {
      const found = await one.read(follower);
      // Nothing is wrong in what is not cached any more, but then nothing was delivered that could be compared.
      if (found.length === 0) throw new Error(`${one.name}: timelines were given up, as Redis did not answer in time.`);
      // The product trims by a tenth at once.
      const isWhole = found.length <= CAPACITY && found.length >= CAPACITY * 0.9;
      if (!isWhole || found.some((id, index) => id !== expected[index])) {
        throw new Error(`${one.name}: the timeline of ${follower} is wrong.`);
      }
    }
  }

  const floor = median(byHand.perSecond);
  const rows = contestants.map(({ name, perSecond }) => {
    const range = `${whole(Math.min(...perSecond))}-${whole(Math.max(...perSecond))}`;
    return `| ${name} | ${(median(perSecond) / floor).toFixed(2)} | ${whole(median(perSecond))} | ${range} |`;
  });
  const text = `Deliveries of new entries into full cached timelines of ${whole(followers.length)} followers, one Redis. ${machine(loadBefore)}
${rounds} interleaved rounds of ${tweets} entries each; at the end every follower's timeline held exactly the newest entries.
\`npm run fan-out -w bench -- --followers ${followers.length} --tweets ${tweets} --rounds ${rounds}\`

| contestant | of the raw commands | deliveries/s (median) | rounds |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
  console.log(`\n${text}`);
  if (output !== undefined) await writeSection(output, 'fan-out', 'Fan-out', text);
});
