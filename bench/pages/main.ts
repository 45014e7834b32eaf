import { loadavg } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { startOther, startSeparateGateway, startStarling, startSubgraphs } from '../home-page/contestants/start.ts';
import { generateGraph } from '../home-page/generated-graph.ts';
import { chooseAccounts } from '../home-page/graph-file.ts';
import type { PageRequest } from '../home-page/home-page.ts';
import { importOnce } from '../home-page/import-once.ts';
import { type Contestant, type Measurement, runRounds } from '../home-page/rounds.ts';
import { logIn } from '../home-page/viewers.ts';
import { apart } from '../shared/cores.ts';
import { machine } from '../shared/machine.ts';
import { median, whole } from '../shared/numbers.ts';
import { ROOT, readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { runBench } from '../shared/stops.ts';
import { undisturbed } from '../shared/taken-away.ts';
import { longConversation, REPLIES } from './conversation.ts';
import { documentOf } from './documents.ts';

/* Pages that are no home page: what clients send for a profile, and for a conversation of 100 replies. */
const PASSWORD = 'a password for the bench alone';
const VIEWERS = 20;
const STOCK = 'stock @apollo/gateway, same subgraph processes';

const options = readOptions({
  rounds: { byDefault: 7, most: 100 },
  seconds: { byDefault: 2, most: 60 },
  connections: { byDefault: 16, most: 256 },
});

interface Page {
  readonly name: string;
  readonly requests: readonly PageRequest[];
  readonly answerBegins: string;
}

function request(accessToken: string, operationName: string, variables: object): PageRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ query: documentOf(operationName), operationName, variables }),
  };
}

async function answers(url: string, { requests }: Page): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const { method, path, headers, body } of requests) {
    const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    const answer = (await response.json()) as { errors?: unknown };
    if (answer.errors) throw new Error(`${url} answers ${JSON.stringify(answer.errors).slice(0, 500)}`);
    all.push(answer);
  }
  return all;
}

function table(
  pages: readonly Page[],
  names: readonly string[],
  measured: ReadonlyMap<string, readonly Measurement[]>,
) {
  const rateOf = (page: Page, name: string) =>
    median((measured.get(`${name}: ${page.name}`) ?? []).map(({ pagesPerSecond }) => pagesPerSecond));
  return pages.flatMap((page) =>
    names.map((name) => {
      const rounds = measured.get(`${name}: ${page.name}`) ?? [];
      const cells = [
        page.name,
        name,
        (rateOf(page, name) / rateOf(page, STOCK)).toFixed(1),
        whole(rateOf(page, name)),
        median(rounds.map(({ p99Ms }) => p99Ms)).toFixed(0),
        median(rounds.map(({ cpuMs = Number.NaN }) => cpuMs)).toFixed(2),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
}

await runBench(async (stops) => {
  const [load = 0] = loadavg();
  const started = async <Part extends { stop(): Promise<void> }>(starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    stops.add(() => part.stop());
    return part;
  };
  const folder = join(ROOT, 'bench/.data/generated');
  const files = await generateGraph(folder);
  const { usernames } = await chooseAccounts(files.graph, VIEWERS);
  const postgres = await started(startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') }));
  await importOnce(folder, postgres.url, files, PASSWORD);

  const starling = await started(startStarling(postgres.url));
  const tokens: string[] = [];
  for (const username of usernames) tokens.push(await logIn(starling.found, username, PASSWORD));
  const conversation = await longConversation(folder, starling.found, tokens);
  const subgraphs = await started(startSubgraphs(postgres.url));
  const separate = await started(startSeparateGateway(postgres.url, subgraphs));
  const stock = await started(startOther('apollo', subgraphs));

  const pages: Page[] = [
    {
      name: 'a profile with 20 tweets',
      // Each looks at the next one's.
      requests: tokens.map((token, place) =>
        request(token, 'Profile', { username: usernames[(place + 1) % usernames.length], first: 20 }),
      ),
      answerBegins: '{"data":{"userByUsername":{',
    },
    {
      name: `a conversation, ${REPLIES} answers`,
      requests: tokens.map((token) => request(token, 'Conversation', { tweetId: conversation, first: REPLIES })),
      answerBegins: '{"data":{"conversation":{',
    },
  ];
  const contestants = [
    { name: 'Starling, one process', url: starling.found, pids: [starling.pid] },
    {
      name: 'Starling, gateway and subgraphs in processes of their own',
      url: separate.found,
      pids: [separate.pid, ...subgraphs.pids],
    },
    { name: STOCK, url: stock.found, pids: [stock.pid, ...subgraphs.pids] },
  ];
  const checkAll = async () => {
    for (const page of pages) {
      const right = await answers(stock.found, page);
      for (const { name, url } of contestants) {
        if (!isDeepStrictEqual(await answers(url, page), right))
          throw new Error(`${name} answers otherwise: ${page.name}.`);
      }
    }
  };
  await checkAll();
  const all: Contestant[] = pages.flatMap(({ name: page, requests, answerBegins }) =>
    contestants.map(({ name, ...contestant }) => ({ ...contestant, name: `${name}: ${page}`, requests, answerBegins })),
  );
  const places = apart(contestants, [postgres.pid]);
  const calm = undisturbed();
  const measured = await runRounds(all, options, calm, (round, name, { pagesPerSecond }) =>
    console.log(`round ${round + 1}: ${Math.round(pagesPerSecond)} pages/s  ${name}`),
  );
  await checkAll();
  const names = contestants.map(({ name }) => name);
  const text = `What clients send for a profile and for a conversation, of ${tokens.length} viewers in turn, on the generated graph.
Every contestant gave every viewer the same answer, before the rounds and after them. CPU is that of the contestant's own processes, without PostgreSQL.
${machine(load, places)}
${calm.told()}
${options.connections} connections, ${options.rounds} interleaved rounds of ${options.seconds} s, each contestant warm before the first.
Compare the ratios; the rest is of one machine and one moment. \`npm run pages -w bench\`.

| page | contestant | of the stock gateway | pages/s (median) | p99 ms | CPU ms a page |
| --- | --- | --- | --- | --- | --- |
${table(pages, names, measured).join('\n')}
`;
  console.log(`\n${text}`);
  if (options.output !== undefined) await writeSection(options.output, 'pages', 'Other pages', text);
});
