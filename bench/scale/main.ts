import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { startStarling } from '../home-page/contestants/start.ts';
import { checkPages, graphqlRequest } from '../home-page/home-page.ts';
import { importOnce } from '../home-page/import-once.ts';
import { type Contestant, type Measurement, runRounds } from '../home-page/rounds.ts';
import { expectedPage, findViewers } from '../home-page/viewers.ts';
import { apart } from '../shared/cores.ts';
import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import { ROOT, readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { runBench, type Stops } from '../shared/stops.ts';
import { type Undisturbed, undisturbed } from '../shared/taken-away.ts';
import { generateScaleGraph, READERS_EACH } from './graph.ts';

/*
 * One home page of people who follow few and many, in places of few and many accounts: each place is a database and a process of
 * its own, and all are measured in turn.
 */
const PASSWORD = 'a password for the bench alone';
const SMALLEST = 10_000;

const options = readOptions({
  accounts: { byDefault: 1_000_000, most: 5_000_000 },
  rounds: { byDefault: 7, most: 100 },
  seconds: { byDefault: 2, most: 60 },
  connections: { byDefault: 16, most: 256 },
});

interface Group extends Contestant {
  readonly accounts: number;
  readonly follows: number;
  check(): Promise<void>;
}

interface Place {
  readonly accounts: number;
  readonly postgres: EmbeddedPostgres;
  /** The usernames of those who follow so many. */
  readonly readers: ReadonlyMap<number, readonly string[]>;
}

async function makePlace(accounts: number, stops: Stops): Promise<Place> {
  const folder = join(ROOT, 'bench/.data', `scale-${accounts}`);
  const { graph, posts, readers } = await generateScaleGraph(folder, accounts);
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  stops.add(() => postgres.stop());
  await importOnce(folder, postgres.url, { graph, posts }, PASSWORD);
  return { accounts, postgres, readers };
}

async function servePlace({ accounts, postgres, readers }: Place, stops: Stops): Promise<Group[]> {
  const starling = await startStarling(postgres.url);
  stops.add(() => starling.stop());
  const groups: Group[] = [];
  for (const [follows, usernames] of readers) {
    const name = `${whole(accounts)} accounts, ${whole(follows)} follows`;
    const viewers = await findViewers(starling.found, usernames, PASSWORD);
    if (viewers.length < READERS_EACH) throw new Error(`${name}: only ${viewers.length} homes fill a page.`);
    const requests = viewers.map(({ accessToken }) => graphqlRequest(accessToken));
    const check = () => checkPages(name, starling.found, requests, viewers.map(expectedPage));
    groups.push({ name, accounts, follows, url: starling.found, pids: [starling.pid], requests, check });
  }
  return groups;
}

function report(
  groups: readonly Group[],
  measurements: ReadonlyMap<string, readonly Measurement[]>,
  load: number,
  places: string | undefined,
  calm: Undisturbed,
): string {
  const cpuOf = ({ name }: Group) => median((measurements.get(name) ?? []).map(({ cpuMs = Number.NaN }) => cpuMs));
  const [first] = groups;
  const rows = groups.map((group) => {
    const rounds = measurements.get(group.name) ?? [];
    const cells = [
      whole(group.accounts),
      whole(group.follows),
      cpuOf(group).toFixed(2),
      (cpuOf(group) / (first ? cpuOf(first) : Number.NaN)).toFixed(2),
      whole(median(rounds.map(({ pagesPerSecond }) => pagesPerSecond))),
      median(rounds.map(({ p99Ms }) => p99Ms)).toFixed(0),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `One home page of 20 tweets with authors and counts, of ${READERS_EACH} readers of each kind in turn, as one process of ${whole(SMALLEST)} accounts and
one of ${whole(options.accounts)} serve it. Every page was right before the rounds and after them. CPU is the process's, without PostgreSQL.
${machine(load, places)}
${calm.told()}
${options.connections} connections, ${options.rounds} interleaved rounds of ${options.seconds} s, each contestant warm before the first.
Compare the ratios; the rest is of one machine and one moment. \`npm run scale -w bench\`.

| accounts | follows | CPU ms a page | of the first | pages/s (median) | p99 ms |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

await runBench(async (stops) => {
  const [load = 0] = loadavg();
  // Both are made before anybody logs in: what is made can take longer than a token lasts.
  const small = await makePlace(SMALLEST, stops);
  const large = await makePlace(options.accounts, stops);
  const groups = [...(await servePlace(small, stops)), ...(await servePlace(large, stops))];
  const checkAll = async () => {
    for (const group of groups) await group.check();
  };
  await checkAll();
  const places = apart(groups, [small.postgres.pid, large.postgres.pid]);
  const calm = undisturbed();
  const measurements = await runRounds(groups, options, calm, (round, name, { pagesPerSecond }) =>
    console.log(`round ${round + 1}: ${Math.round(pagesPerSecond)} pages/s  ${name}`),
  );
  await checkAll();
  const text = report(groups, measurements, load, places, calm);
  console.log(`\n${text}`);
  if (options.output !== undefined) await writeSection(options.output, 'scale', 'Large places', text);
});
