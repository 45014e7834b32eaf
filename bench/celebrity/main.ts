import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type Database, migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { homeBySql, migrations } from '@starling/timeline';
import { startChild } from '../home-page/child.ts';
import { keepAwake } from '../shared/awake.ts';
import { type BenchEngine, benchPostgres, benchRedis } from '../shared/engines.ts';
import { machine } from '../shared/machine.ts';
import { median, quantile, whole } from '../shared/numbers.ts';
import { writeSection } from '../shared/section.ts';
import { runBench, type Stops } from '../shared/stops.ts';
import { type Undisturbed, undisturbed } from '../shared/taken-away.ts';
import { type Cost, costOfOnePost, difference, meter, type Used } from './costs.ts';
import { type Community, generateCommunity } from './generate.ts';
import { type HomePages, homePages } from './home-pages.ts';
import { type Options, readOptions } from './options.ts';
import { openPosts } from './posts.ts';
import { type Round, ratioOfP99, spreadOfRatio } from './ratio.ts';
import { type Page, runStretch } from './stretch.ts';

const TIMELINE = join(import.meta.dirname, '../../subgraphs/timeline/dist/src/main.js');
const CHECKED_READERS = 20;
const PURE_PUSH = 1_000_000_000;
/** Within this time after a post pages are most likely to feel it, in milliseconds. */
const SOON_MS = 20;

interface Measured {
  readonly limit: number;
  readonly rounds: Round[];
  /** How long pages took that were asked for soon after a post, in milliseconds. */
  readonly soon: number[];
  cost: Cost;
}

interface Engines {
  readonly database: Database;
  readonly postgres: BenchEngine;
  readonly redis: BenchEngine;
}

interface Stretched {
  readonly pages: readonly Page[];
  readonly used: Used;
}

async function checkPages(database: Database, pages: HomePages, readers: readonly string[]): Promise<void> {
  const step = Math.ceil(readers.length / CHECKED_READERS);
  for (let index = 0; index < readers.length; index += step) {
    const reader = readers[index] as string;
    const expected = (await homeBySql(database, reader)).slice(0, 20).map(({ tweetId }) => tweetId);
    if ((await pages.read(reader)).join() !== expected.join()) throw new Error(`The page of ${reader} is wrong.`);
  }
}

/** One timeline process with this limit: warm, then quiet and busy in turn. */
async function measure(
  limit: number,
  engines: Engines,
  community: Community,
  options: Options,
  calm: Undisturbed,
): Promise<Measured> {
  const { database, postgres, redis } = engines;
  const { readers, famous } = community;
  const secret = randomBytes(32).toString('base64url');
  const env = { NODE_ENV: 'production', LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0', DATABASE_URL: postgres.url };
  const process_ = await startChild({
    name: 'the timeline',
    command: process.execPath,
    args: [TIMELINE],
    env: { ...env, REDIS_URL: redis.url, IDENTITY_SECRET: secret, PUSH_FOLLOWER_LIMIT: String(limit) },
  });
  const posts = openPosts(postgres.url);
  const used = await meter(database, [process_.pid, redis.pid, postgres.pid]);
  const pages = homePages(process_.found, secret);
  const measured: Measured = { limit, rounds: [], soon: [], cost: { cpuMs: [], statements: 0 } };
  const costs: Record<'quiet' | 'busy', Used[]> = { quiet: [], busy: [] };
  const readerAt = (index: number) => readers[(index * 17) % readers.length] as string;
  const stretch = async (perSecond: number): Promise<Stretched> => {
    const before = await used();
    const taken = await runStretch({
      seconds: options.seconds,
      pages: options.pages,
      posts: perSecond,
      read: (index) => pages.read(readerAt(index)),
      post: (index) => posts.post(famous[index % famous.length] as string),
    });
    const stretched = { pages: taken, used: difference(await used(), before) };
    await checkPages(database, pages, readers);
    return stretched;
  };
  try {
    for (const reader of readers) await pages.read(reader);
    await stretch(options.posts);
    for (let round = 0; round < options.rounds; round++) {
      const busyFirst = round % 2 === 1;
      const first = await calm.run(() => stretch(busyFirst ? options.posts : 0));
      const second = await calm.run(() => stretch(busyFirst ? 0 : options.posts));
      const [calmly, busily] = busyFirst ? [second, first] : [first, second];
      const [quiet = [], busy = []] = [calmly, busily].map(({ pages }) => pages.map(({ took }) => took));
      measured.rounds.push({ quiet, busy });
      costs.quiet.push(calmly.used);
      costs.busy.push(busily.used);
      measured.soon.push(...busily.pages.filter(({ afterPost }) => afterPost < SOON_MS).map(({ took }) => took));
      const [q, b] = [quiet, busy].map((took) => quantile(took, 0.99).toFixed(1));
      console.log(`limit ${limit}, round ${round + 1} of ${options.rounds}: p99 ${q} ms quiet, ${b} ms busy`);
    }
    measured.cost = costOfOnePost(costs.busy, costs.quiet, options.posts * options.seconds * options.rounds);
    return measured;
  } finally {
    pages.close();
    await process_.stop();
    await posts.stop();
  }
}

function report(measured: readonly Measured[], options: Options, loadBefore: number, calm: Undisturbed): string {
  const cell = (number: number | undefined) => number?.toFixed(1) ?? '-';
  const rows = measured.map(({ limit, rounds, soon, cost }) => {
    const quiet = rounds.flatMap((round) => round.quiet);
    const busy = rounds.flatMap((round) => round.busy);
    const cells = [
      limit >= PURE_PUSH ? 'pure push' : whole(limit),
      ratioOfP99(rounds).toFixed(2),
      spreadOfRatio(rounds)
        .map((ratio) => ratio.toFixed(2))
        .join('-'),
      ...[quiet, busy].flatMap((took) => [median(took).toFixed(1), quantile(took, 0.99).toFixed(1)]),
      ...[0.5, 0.9].map((share) => quantile(soon, share).toFixed(1)),
      ...cost.cpuMs.map(cell),
      cell(cost.statements),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `Home pages of ${whole(options.readers)} ordinary people at ${options.pages} pages/s while one account with ${whole(options.followers)} followers, three with ${whole(options.followers / 20)} and six with ${whole(options.followers / 200)} post ${options.posts} times a second, against nobody posting.
One timeline process over HTTP, Redis and PostgreSQL; posts come from another process than the pages are asked for in. ${machine(loadBefore)}
${options.rounds} rounds of ${options.seconds} s quiet and ${options.seconds} s busy at each limit, ${whole(options.rounds * options.seconds * options.pages)} pages of either kind; readers' pages equalled one SQL statement after each stretch. ${calm.told()}
The ratio is of all rounds; nine in ten lie in the range beside it when rounds are drawn again from these. "Soon" are pages asked for within ${SOON_MS} ms after a post.
The last columns are what one post adds to the same pages: milliseconds of processor time of each part, and statements, those of whoever posts included.
\`npm run celebrity -w bench -- --followers ${options.followers} --rounds ${options.rounds} --seconds ${options.seconds}\`

| \`PUSH_FOLLOWER_LIMIT\` | p99 busy / quiet | nine in ten | median ms quiet | p99 ms quiet | median ms busy | p99 ms busy | median ms soon | p90 ms soon | timeline | Redis | PostgreSQL | statements |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

async function bench(stops: Stops, options: Options): Promise<void> {
  const [loadBefore = 0] = loadavg();
  const redis = await benchRedis(stops);
  // What was generated is vacuumed and written before anything is measured; it is not to be done again in between.
  const settings = { shared_preload_libraries: 'pg_stat_statements', autovacuum: 'off', checkpoint_timeout: '1h' };
  const postgres = await benchPostgres(stops, settings);
  await migrate(postgres.url, [platformMigrations, migrations]);
  const database = openDatabase({ url: postgres.url, applicationName: 'celebrity bench' });
  stops.add(() => database.close());
  const community = await generateCommunity(database, options);
  const measured: Measured[] = [];
  const calm = undisturbed();
  // Sixty pages a second leave them idle most of the time.
  keepAwake(stops);
  for (const limit of options.limits) {
    measured.push(await measure(limit, { database, postgres, redis }, community, options, calm));
  }
  const text = report(measured, options, loadBefore, calm);
  console.log(`\n${text}`);
  if (options.output !== undefined) await writeSection(options.output, 'celebrity', 'Celebrities', text);
}

await runBench((stops) => bench(stops, readOptions(process.argv.slice(2))));
