import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { leaseSnowflakes, postgresWriterLeases } from '@starling/platform/snowflake';
import { openAbuseCheck } from '../../subgraphs/tweets/src/abuse/abuse-check.ts';
import { type AbuseRules, DEFAULT_RULES, MOST_COUNTED } from '../../subgraphs/tweets/src/abuse/rules.ts';
import { accountFinder } from '../../subgraphs/tweets/src/account-finder.ts';
import { copies } from '../../subgraphs/tweets/src/consumers/copies.ts';
import { tweetCounts } from '../../subgraphs/tweets/src/consumers/tweet-counts.ts';
import { createEngagements } from '../../subgraphs/tweets/src/engagements.ts';
import { migrations } from '../../subgraphs/tweets/src/migrations.ts';
import { createViewRecorder } from '../../subgraphs/tweets/src/views.ts';
import { inTurns } from '../shared/in-turns.ts';
import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import { readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { check, whatOthersReferTo } from './check.ts';
import { bareTransaction, type Contestant, theCommand } from './contestants.ts';
import { measure, type Round } from './rounds.ts';

const options = readOptions({
  rounds: { byDefault: 7, most: 100 },
  seconds: { byDefault: 2, most: 60 },
  connections: { byDefault: 16, most: 90 },
});
const { rounds, seconds, connections, output } = options;

/** The product's rules, each asked, with room for writers that never rest: of an author no second has a thousand tweets. */
const GENEROUS_RULES: AbuseRules = {
  ...DEFAULT_RULES,
  rules: DEFAULT_RULES.rules.map((rule) => ({
    ...rule,
    windowMs: 1_000,
    young: MOST_COUNTED,
    established: MOST_COUNTED,
  })),
};

async function bench(url: string): Promise<void> {
  const described = machine();
  await migrate(url, [platformMigrations, migrations]);
  const database = openDatabase({ url, applicationName: 'bench', maxConnections: connections });
  const eventLog = createPostgresEventLog({ url });
  const snowflakes = await leaseSnowflakes({ leases: postgresWriterLeases(database) });
  try {
    const running = await eventLog.consume(copies(database));
    const parts = {
      database,
      eventLog,
      snowflakes,
      copies: running,
      engagements: createEngagements(database, eventLog),
      findAccounts: accountFinder(database),
      views: createViewRecorder(database),
      abuse: openAbuseCheck(GENEROUS_RULES, undefined),
      maxWeightedLength: 280,
    };
    const floor = bareTransaction(database);
    const referred = await whatOthersReferTo(database, parts);
    const counted = theCommand('postTweet, while a consumer counts what is posted', parts, referred);
    const contestants: Contestant[] = [
      floor,
      theCommand('postTweet', parts, referred),
      theCommand('the same, without the abuse check', { ...parts, abuse: undefined }, referred),
      theCommand('the same, an answer', parts, referred, ['answer']),
      theCommand('the same, a quote', parts, referred, ['quote']),
      theCommand('the same, with a mention', parts, referred, ['mention']),
      theCommand('the same, with an idempotency key', parts, referred, ['key']),
      theCommand('the same, with all of these', parts, referred, ['answer', 'quote', 'mention', 'key']),
      counted,
    ];
    const run = async (contestant: Contestant, forSeconds: number): Promise<Round> => {
      const counting = contestant === counted ? await eventLog.consume(tweetCounts(database)) : undefined;
      const found = await measure(contestant, connections, forSeconds);
      // What was not counted meanwhile is not the next one's burden.
      const rest = counting ?? (await eventLog.consume(tweetCounts(database)));
      await rest.caughtUp();
      await rest.stop();
      return found;
    };
    const measured = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
    const written = new Map<Contestant, number>();
    const note = (contestant: Contestant, more: number) =>
      written.set(contestant, (written.get(contestant) ?? 0) + more);
    // Code and connections that are used for the first time are nobody's measure.
    for (const contestant of contestants) note(contestant, (await run(contestant, 1)).written);
    for (const [round, contestant] of inTurns(rounds, contestants)) {
      const found = await run(contestant, seconds);
      note(contestant, found.written);
      measured.get(contestant.name)?.push(found);
      console.log(`round ${round + 1} of ${rounds}: ${whole(found.perSecond)} tweets/s  ${contestant.name}`);
    }
    await check(database, written);
    const all = [...written.values()].reduce((sum, more) => sum + more, 0);
    const base = median((measured.get(floor.name) ?? []).map(({ perSecond }) => perSecond));
    const rows = [...measured].map(([name, found]) => {
      const rates = found.map(({ perSecond }) => perSecond);
      const cells = [
        name,
        (median(rates) / base).toFixed(2),
        whole(median(rates)),
        `${whole(Math.min(...rates))}-${whole(Math.max(...rates))}`,
        median(found.map(({ medianMs }) => medianMs)).toFixed(1),
        median(found.map(({ p99Ms }) => p99Ms)).toFixed(1),
      ];
      return `| ${cells.join(' | ')} |`;
    });
    const text = `Tweets posted durably, each with its outbox row, from ${connections} connections: the product's command, which reads the text,
holds the rules and wakes consumers, of each kind of tweet, against the two inserts in a bare transaction that does nothing else.
${described}
${rounds} interleaved rounds of ${seconds} s; all ${whole(all)} acknowledged tweets were found at the end, each
with its event, what it refers to and its key.
Compare the ratios; the rest is of one machine and one moment. \`npm run write-path -w bench\`.

| contestant | of the floor | tweets/s (median) | rounds | median ms | p99 ms |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
    console.log(`\n${text}`);
    if (output !== undefined) await writeSection(output, 'write-path', 'Write path', text);
  } finally {
    await eventLog.stop();
    await snowflakes.stop();
    await database.close();
  }
}

const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-bench-'));
const postgres = await startEmbeddedPostgres({ dataDirectory });
try {
  await bench(postgres.url);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
