import { loadavg } from 'node:os';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { openRedis } from '@starling/platform/redis';
import { createTimeline, migrations, redisTimelineCache } from '@starling/timeline';
import { until } from '../../engines/processes.ts';
import { difference, meter, type Used } from '../celebrity/costs.ts';
import { benchPostgres, benchRedis } from '../shared/engines.ts';
import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import { readOptions } from '../shared/options.ts';
import { newTweetId, posted } from '../shared/posts.ts';
import { writeSection } from '../shared/section.ts';
import { runBench } from '../shared/stops.ts';

const CAPACITY = 800;
const AUTHOR = '900000000000000000';
const FIRST_FOLLOWER = 1_000_000_000_000_000_000n;

const { posts, rounds, most, output, ...counts } = readOptions({
  followers: { byDefault: 2_000, most: 100_000 },
  posts: { byDefault: 20, most: 1_000 },
  rounds: { byDefault: 5, most: 100 },
  most: { byDefault: 3, most: 8 },
});
const followers = Array.from({ length: counts.followers }, (_, index) =>
  String(FIRST_FOLLOWER + BigInt(index) * 4_194_304n),
);
const old = BigInt64Array.from(Array.from({ length: CAPACITY }, newTweetId).toReversed(), BigInt);

await runBench(async (stops) => {
  const [loadBefore = 0] = loadavg();
  const redisEngine = await benchRedis(stops);
  const postgres = await benchPostgres(stops, { shared_preload_libraries: 'pg_stat_statements' });
  await migrate(postgres.url, [platformMigrations, migrations]);
  const database = openDatabase({ url: postgres.url, applicationName: 'instances bench' });
  stops.add(() => database.close());
  await database.pool.query('INSERT INTO timeline.follows SELECT unnest($1::bigint[]), $2::bigint', [
    followers,
    AUTHOR,
  ]);
  await database.pool.query('INSERT INTO timeline.follower_counts VALUES ($1, $2)', [AUTHOR, followers.length]);
  await database.pool.query('ANALYZE');

  /** What a process of the timeline is to fan-out: an event log, a cache and a tail of its own. */
  async function openInstance() {
    const redis = await openRedis({ url: redisEngine.url, name: 'bench', namespace: 'bench' });
    await until('Redis is reached', () => redis.checkReady().then(() => true));
    const cache = redisTimelineCache({ redis, capacity: CAPACITY });
    const eventLog = createPostgresEventLog({ url: postgres.url });
    const options = { timelineCache: cache, pushFollowerLimit: followers.length };
    const timeline = createTimeline({ database, eventLog }, options);
    await timeline.start();
    const stop = async () => {
      await timeline.stop();
      await eventLog.stop();
      await redis.close();
    };
    return { redis, cache, eventLog, stop };
  }

  const first = await openInstance();
  stops.add(first.stop);
  for (const viewerId of followers) {
    const build = await first.cache.beginBuild(viewerId);
    const content = { ids: old, completeDownTo: old.at(-1) ?? 0n, graphVersion: 0n, builtAt: Date.now() };
    if (!(await build.finish(content))) throw new Error('A timeline was not kept.');
  }
  const used = await meter(database, [process.pid, redisEngine.pid, postgres.pid]);
  const measured = Array.from({ length: most }, (_, index) => ({ count: index + 1, found: [] as Used[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { count, found } of measured) {
      const others = await Promise.all(Array.from({ length: count - 1 }, openInstance));
      const before = await used();
      for (let post = 0; post < posts; post++) {
        const event = posted(newTweetId(), AUTHOR);
        await database.transaction((transaction) => first.eventLog.append(transaction, [event]));
        await Promise.all([first, ...others].map(({ eventLog }) => eventLog.processAll()));
      }
      found.push(difference(await used(), before));
      for (const { redis, stop } of others) {
        if (redis.losses > 0) throw new Error('Redis did not answer in time: its timelines were given up.');
        await stop();
      }
    }
    console.log(`round ${round + 1} of ${rounds}`);
  }
  if (first.redis.losses > 0) throw new Error('Redis did not answer in time: its timelines were given up.');

  const rows = measured.map(({ count, found }) => {
    const each = (part: number) => (median(found.map(({ cpuMs }) => cpuMs[part] ?? 0)) / posts).toFixed(1);
    const statements = (median(found.map((one) => one.statements)) / posts).toFixed(0);
    return `| ${count} | ${each(0)} | ${each(1)} | ${each(2)} | ${statements} |`;
  });
  const text = `What a post to ${whole(followers.length)} followers, all of whose homes are cached, costs while several processes of the timeline run on
one Redis: each pushes it to all of them. ${machine(loadBefore)}
Medians of ${rounds} rounds of ${posts} posts, one after the other, in milliseconds of processor time per post.
\`npm run instances -w bench -- --followers ${followers.length} --posts ${posts} --rounds ${rounds}\`

| processes of the timeline | these together | Redis | PostgreSQL | statements |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  console.log(`\n${text}`);
  if (output !== undefined) await writeSection(output, 'instances', 'Fan-out by several processes', text);
});
