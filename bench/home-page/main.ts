import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { apart } from '../shared/cores.ts';
import { writeSection } from '../shared/section.ts';
import { runBench, type Stops } from '../shared/stops.ts';
import { undisturbed } from '../shared/taken-away.ts';
import { installOthers } from './contestants/others/install.ts';
import {
  startHandWritten,
  startOther,
  startSeparateGateway,
  startStarling,
  startSubgraphs,
} from './contestants/start.ts';
import { generateGraph } from './generated-graph.ts';
import { chooseAccounts } from './graph-file.ts';
import { checkPages } from './home-page.ts';
import { importOnce } from './import-once.ts';
import { loggedIn } from './logged-in.ts';
import { type Options, readOptions } from './options.ts';
import { fillRedis, startRedis } from './redis.ts';
import { report } from './report.ts';
import { type Contestant, runAtHalf, runRounds } from './rounds.ts';
import { expectedPage, findViewers } from './viewers.ts';

const PASSWORD = 'a password for the bench alone';
const FLOOR = 'hand-written handler over Redis (the floor)';

async function bench(stops: Stops, options: Options): Promise<void> {
  const [loadBefore = 0] = loadavg();
  const started = async <Part extends { stop(): Promise<void> }>(starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    stops.add(() => part.stop());
    return part;
  };
  // A graph of its own for each: what is imported is not mixed.
  const folder = join(options.data, options.graph === undefined ? 'generated' : basename(options.graph));
  const files =
    options.graph === undefined ? await generateGraph(folder) : { graph: options.graph, posts: options.posts };
  const { usernames, followers, follows } = await chooseAccounts(files.graph, options.viewers);

  const postgres = await started(startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') }));
  await importOnce(folder, postgres.url, files, PASSWORD);

  const starling = await started(startStarling(postgres.url));
  const viewers = await findViewers(starling.found, usernames, PASSWORD);
  const { requests, renew } = loggedIn(starling.found, viewers, PASSWORD);
  const redis = await started(startRedis());
  await fillRedis(redis.url, viewers);
  const handWritten = await started(startHandWritten(redis.url, false));
  const remembering = await started(startHandWritten(redis.url, true));
  const subgraphs = await started(startSubgraphs(postgres.url));
  const separate = await started(startSeparateGateway(postgres.url, subgraphs));
  const others = new Map([['stock @apollo/gateway', await started(startOther('apollo', subgraphs))]]);
  if (options.others) {
    await installOthers();
    others.set('Hive Gateway', await started(startOther('hive', subgraphs)));
    others.set("Mercurius' gateway, with jit", await started(startOther('mercurius', subgraphs)));
  }

  const byName = viewers.map(({ username }) => ({ method: 'GET' as const, path: `/home/${username}`, headers: {} }));
  const contestants: Contestant[] = [
    { name: FLOOR, url: handWritten.found, pids: [handWritten.pid], requests: byName },
    {
      name: 'the same, with tweets and people in memory',
      url: remembering.found,
      pids: [remembering.pid],
      requests: byName,
    },
    { name: 'Starling, one process', url: starling.found, pids: [starling.pid], requests, prepare: renew },
    {
      name: 'Starling, gateway and subgraphs in five processes',
      url: separate.found,
      pids: [separate.pid, ...subgraphs.pids],
      requests,
      prepare: renew,
    },
    ...[...others].map(([name, { found, pid }]) => ({
      name: `${name}, same subgraph processes`,
      url: found,
      pids: [pid, ...subgraphs.pids],
      requests,
      prepare: renew,
    })),
  ];
  const expected = viewers.map(expectedPage);
  const checkAll = async () => {
    await renew();
    for (const { name, url, requests } of contestants) await checkPages(name, url, requests, expected);
  };
  await checkAll();
  console.log(`${contestants.length} contestants give ${viewers.length} viewers the same pages.`);
  const places = apart(contestants, [postgres.pid, redis.pid]);
  const calm = undisturbed();
  const measurements = await runRounds(contestants, options, calm, (round, name, { pagesPerSecond }) =>
    console.log(`round ${round + 1}: ${Math.round(pagesPerSecond)} pages/s  ${name}`),
  );
  const atHalf = await runAtHalf(contestants, measurements, options, calm);
  await checkAll();

  const kind = options.graph === undefined ? 'a generated graph' : 'a real follow graph';
  const data = `${kind} of ${followers.toLocaleString('en')} followers and ${follows.toLocaleString('en')} follows`;
  const read = { data, viewers: viewers.length };
  const text = report({ measurements, atHalf, floor: FLOOR, ...read, loadBefore, places, options, calm });
  console.log(`\n${text}`);
  if (options.output !== undefined) await writeSection(options.output, 'home-page', 'Home page', text);
}

// Where npm was called, when it was.
await runBench((stops) => bench(stops, readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())));
