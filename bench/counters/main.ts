import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatchesUp } from '@starling/platform/batching';
import { createHotMemory } from '@starling/platform/cache';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { type Database, migrate, openDatabase, platformMigrations, statement } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { openRedis } from '@starling/platform/redis';
import { leaseSnowflakes, makeSnowflake, postgresWriterLeases } from '@starling/platform/snowflake';
import { until } from '../../engines/processes.ts';
import { accountFinder } from '../../subgraphs/tweets/src/account-finder.ts';
import type { CommandParts } from '../../subgraphs/tweets/src/commands.ts';
import { copies } from '../../subgraphs/tweets/src/consumers/copies.ts';
import { tweetCounts } from '../../subgraphs/tweets/src/consumers/tweet-counts.ts';
import { createCountReader } from '../../subgraphs/tweets/src/count-reader.ts';
import { createEngagements } from '../../subgraphs/tweets/src/engagements.ts';
import { migrations } from '../../subgraphs/tweets/src/migrations.ts';
import { createViewLimit } from '../../subgraphs/tweets/src/view-limit.ts';
import { createViewRecorder } from '../../subgraphs/tweets/src/views.ts';
import { benchRedis } from '../shared/engines.ts';
import { inTurns } from '../shared/in-turns.ts';
import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import { readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { runBench, type Stops } from '../shared/stops.ts';
import {
  type Contestant,
  type Entry,
  rowByRow,
  seldomWritten,
  theCommand,
  waitedFor,
  withSums,
} from './contestants.ts';
import { measurePages, type Pages } from './pages.ts';
import { measure, type Round, writtenSoFar } from './rounds.ts';

const options = readOptions({
  rounds: { byDefault: 3, most: 100 },
  seconds: { byDefault: 4, most: 60 },
  people: { byDefault: 256, most: 5_000 },
  tweets: { byDefault: 1_000, most: 100_000 },
  'likes-per-second': { byDefault: 1_000, most: 10_000 },
});
const { rounds, seconds, people, tweets, output } = options;
const likesPerSecond = options['likes-per-second'];
const AUTHOR = '1000';

const addTweets = statement(
  'bench.addTweets',
  `INSERT INTO tweets.tweets (id, author_id, conversation_id, text, entities, words)
   SELECT id, ${AUTHOR}, id, 'Like me', '{"hashtags":[],"cashtags":[],"mentions":[],"urls":[]}', '' FROM unnest($1::bigint[]) AS tweet (id)`,
);
const rowsOf = statement(
  'bench.rowsOfLikes',
  `SELECT tweet.id AS "tweetId", (SELECT count(*) FROM tweets.likes WHERE tweet_id = tweet.id)::int AS rows,
     coalesce((SELECT likes FROM tweets.tweet_counts WHERE tweet_id = tweet.id), 0) AS written
   FROM tweets.tweets AS tweet`,
);

/** Every count is the number of rows, and all rows are the likes that were acknowledged. */
async function check(database: Database, liked: number): Promise<void> {
  const rows = await database.query<{ tweetId: string; rows: number; written: number }>(rowsOf);
  const reader = createCountReader(database, { caughtUp: async () => {} }, createHotMemory());
  const read = new Map(
    (await reader.ofTweets.read(rows.map(({ tweetId }) => tweetId))).flatMap((found) =>
      found ? [[found.tweetId, found.likes]] : [],
    ),
  );
  const wrong = rows.filter(({ tweetId, rows, written }) => rows !== written || rows !== read.get(tweetId));
  if (wrong.length > 0) throw new Error(`Counts are wrong: ${JSON.stringify(wrong.slice(0, 5))}`);
  const all = rows.reduce((sum, { rows }) => sum + rows, 0);
  if (all !== liked) throw new Error(`${liked} likes were acknowledged; there are ${all}.`);
}

interface Found extends Round {
  /** Of the counts' table, in a second. */
  readonly rowsWritten: number;
  /** Write-ahead log for a like, counting included. */
  readonly walBytes: number;
}

function reportRows(measured: ReadonlyMap<Entry, readonly Found[]>): string[] {
  return [...measured].map(([{ name }, found]) => {
    const of = (value: (round: Found) => number) => found.map(value);
    const rates = of(({ perSecond }) => perSecond);
    const cells = [
      name,
      whole(median(rates)),
      `${whole(Math.min(...rates))}-${whole(Math.max(...rates))}`,
      median(of(({ medianMs }) => medianMs)).toFixed(0),
      median(of(({ p99Ms }) => p99Ms)).toFixed(0),
      whole(median(of(({ rowsWritten }) => rowsWritten))),
      whole(median(of(({ walBytes }) => walBytes))),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function reportPages(measured: ReadonlyMap<Entry, readonly Pages[]>): string[] {
  return [...measured].map(([{ name }, found]) => {
    const medians = found.map(({ medianMs }) => medianMs);
    const cells = [
      name,
      whole(median(found.map(({ likesPerSecond }) => likesPerSecond))),
      whole(median(found.map(({ pagesPerSecond }) => pagesPerSecond))),
      median(medians).toFixed(1),
      `${Math.min(...medians).toFixed(1)}-${Math.max(...medians).toFixed(1)}`,
      median(found.map(({ p99Ms }) => p99Ms)).toFixed(0),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

async function bench(stops: Stops): Promise<void> {
  const described = machine();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-bench-'));
  stops.add(() => rm(dataDirectory, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  stops.add(() => postgres.stop());
  const { url } = postgres;
  await migrate(url, [platformMigrations, migrations]);
  const database = openDatabase({ url, applicationName: 'bench', maxConnections: 2 });
  stops.add(() => database.close());
  const eventLog = createPostgresEventLog({ url });
  stops.add(() => eventLog.stop());
  const snowflakes = await leaseSnowflakes({ leases: postgresWriterLeases(database) });
  stops.add(() => snowflakes.stop());
  const running = await eventLog.consume(copies(database));
  const redis = await openRedis({ url: (await benchRedis(stops)).url, name: 'bench', namespace: 'bench' });
  stops.add(() => redis.close());
  await until('Redis is reached', () => redis.checkReady().then(() => true));

  const entries: Entry[] = [
    { name: 'one tweet, each like changing the row of the count', begin: (parts) => rowByRow(parts.database) },
    { name: 'one tweet, counted as they come, readers wait', begin: waitedFor },
    { name: 'one tweet', begin: (parts) => theCommand('one', parts, 'counted') },
    { name: 'one tweet, with sums in Redis', begin: (parts) => withSums('one', parts, redis) },
    { name: `${whole(tweets)} tweets`, begin: (parts) => theCommand('many', parts, 'counted') },
    { name: `${whole(tweets)} tweets, with sums in Redis`, begin: (parts) => withSums('many', parts, redis) },
    {
      name: `${whole(tweets)} tweets, counted later, nobody reads`,
      begin: (parts) => theCommand('many', parts, 'not counted'),
    },
  ];
  const newTweets = async (count: number) => {
    const ids = Array.from({ length: count }, (_, sequence) =>
      makeSnowflake({
        ms: Date.now() + Math.floor(sequence / 4_096),
        kind: 'tweet',
        writer: 61,
        sequence: sequence % 4_096,
      }),
    );
    await database.query(addTweets, [ids]);
    return ids;
  };
  let liked = 0;
  const partsOn = (connections: Database): CommandParts => ({
    database: connections,
    eventLog,
    snowflakes,
    copies: running,
    engagements: createEngagements(connections, eventLog),
    findAccounts: accountFinder(connections),
    views: createViewRecorder(connections),
    viewLimit: createViewLimit(),
    abuse: undefined,
    maxWeightedLength: 280,
  });
  /** Lets a contestant count while `work` goes on, and all of it be counted before its connections end. */
  async function whileCounting<Result>(
    { begin }: Entry,
    work: (contestant: Contestant, counts: CatchesUp, ids: readonly string[], database: Database) => Promise<Result>,
  ): Promise<Result> {
    const connections = openDatabase({ url, applicationName: 'bench likes', maxConnections: 16 });
    const contestant = begin(partsOn(connections));
    const ids = await newTweets(contestant.tweets === 'one' ? 1 : tweets);
    const counting = contestant.consumer && (await eventLog.consume(contestant.consumer));
    const result = await work(contestant, counting ?? running, ids, connections);
    await counting?.caughtUp();
    await contestant.stop?.();
    await counting?.stop();
    await connections.close();
    return result;
  }
  /** What was not counted meanwhile is not the next one's burden. */
  async function countTheRest(): Promise<void> {
    const last = openDatabase({ url, applicationName: 'bench rest', maxConnections: 2 });
    const rest = await eventLog.consume(tweetCounts(last));
    await rest.caughtUp();
    await rest.stop();
    await last.close();
  }
  async function run(entry: Entry, forSeconds: number): Promise<Found> {
    const before = await writtenSoFar(database);
    const found = await whileCounting(entry, (contestant, counts, ids) =>
      measure(contestant, counts, ids, { people, seconds: forSeconds }),
    );
    const after = await writtenSoFar(database);
    liked += found.liked;
    await countTheRest();
    return {
      ...found,
      rowsWritten: (after.rows - before.rows) / found.took,
      walBytes: (after.wal - before.wal) / found.liked,
    };
  }
  async function runPages(entry: Entry, forSeconds: number): Promise<Pages> {
    const found = await whileCounting(entry, (contestant, counts, ids) =>
      measurePages(contestant, counts, ids, { likesPerSecond, seconds: forSeconds }),
    );
    liked += found.liked;
    return found;
  }
  // Code and connections that are used for the first time are nobody's measure.
  for (const entry of entries) await run(entry, 1);
  const measured = new Map<Entry, Found[]>(entries.map((entry) => [entry, []]));
  for (const [round, entry] of inTurns(rounds, entries)) {
    const found = await run(entry, seconds);
    measured.get(entry)?.push(found);
    console.log(`round ${round + 1} of ${rounds}: ${whole(found.perSecond)} likes/s  ${entry.name}`);
  }
  const readers: Entry[] = [
    { name: `${whole(tweets)} tweets`, begin: (parts) => theCommand('many', parts, 'counted') },
    { name: `${whole(tweets)} tweets, with sums in Redis`, begin: (parts) => withSums('many', parts, redis) },
    { name: `${whole(tweets)} tweets, rows written as seldom, without sums`, begin: seldomWritten },
  ];
  const pages = new Map<Entry, Pages[]>(readers.map((entry) => [entry, []]));
  for (const entry of readers) await runPages(entry, 1);
  for (const [round, entry] of inTurns(rounds, readers)) {
    const found = await runPages(entry, seconds);
    pages.get(entry)?.push(found);
    console.log(`round ${round + 1} of ${rounds}: a page in ${found.medianMs.toFixed(1)} ms  ${entry.name}`);
  }
  await check(database, liked);
  const text = `Likes by ${people} people at the same moment, durably, each with its event, and each followed by a look at the count.
${described}
${rounds} interleaved rounds of ${seconds} s. At the end every count, as written and as read, was the number of rows, and all ${whole(liked)} acknowledged likes were there.
Compare within the table; the rest is of one machine and one moment. \`npm run counters -w bench\`.

| likes of | likes/s (median) | rounds | median ms | p99 ms | rows of counts written a second | write-ahead log for a like, bytes |
| --- | --- | --- | --- | --- | --- | --- |
${reportRows(measured).join('\n')}

The counts of twenty tweets, read by somebody who remembers none, while others like ${whole(likesPerSecond)} times a second, every second
time the one tweet that is on each page. The same rounds.

| likes of | likes/s | pages/s | median ms of a page | rounds | p99 ms |
| --- | --- | --- | --- | --- | --- |
${reportPages(pages).join('\n')}
`;
  console.log(`\n${text}`);
  if (output !== undefined) await writeSection(output, 'counters', 'Counters', text);
}

await runBench(bench);
