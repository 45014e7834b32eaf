import { loadavg } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { generateGraph } from '../home-page/generated-graph.ts';
import { chooseAccounts } from '../home-page/graph-file.ts';
import { askGraphql } from '../home-page/home-page.ts';
import { importOnce } from '../home-page/import-once.ts';
import { logIn } from '../home-page/viewers.ts';
import { documentOf } from '../pages/documents.ts';
import { benchRedis } from '../shared/engines.ts';
import { machine } from '../shared/machine.ts';
import { quantile } from '../shared/numbers.ts';
import { ROOT, readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { runBench } from '../shared/stops.ts';
import { openProduct, type Product } from './product.ts';

/*
 * What keeping the next page ready could save at most. Each reader goes down the home.
 * Every page is asked for twice: as the reader meets it, and at once again, when everything that it takes has just been read, as if
 * somebody had made it ready. The difference is what the best preparation of all would save.
 */
const PASSWORD = 'a password for the bench alone';
const PAGE_SIZE = 20;
const PAGES = 10;

const options = readOptions({
  readers: { byDefault: 20, most: 200 },
  rounds: { byDefault: 5, most: 100 },
});

const DOCUMENT = documentOf('HomeTimeline');

interface Page {
  readonly homeTimeline: {
    readonly edges: readonly object[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Asked {
  readonly page: Page;
  readonly ms: number;
  /** Of the whole process, the client in it included. */
  readonly cpuMs: number;
  readonly statements: number;
}

async function ask(product: Product, token: string, after: string | null): Promise<Asked> {
  const [cpu, statements, began] = [process.cpuUsage(), product.statements(), performance.now()];
  const page = await askGraphql<Page>(product.url, DOCUMENT, { first: PAGE_SIZE, after }, token);
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { page, ms, cpuMs: (user + system) / 1_000, statements: product.statements() - statements };
}

interface Read {
  readonly met: Asked;
  readonly ready: Asked;
}

/** A reader goes down the home, page after page: the pages after the first. */
async function readDown(product: Product, token: string): Promise<Read[]> {
  const reads: Read[] = [];
  for (let number = 0, after: string | null = null; number < PAGES; number++) {
    const met = await ask(product, token, after);
    const ready = await ask(product, token, after);
    if (!isDeepStrictEqual(met.page, ready.page)) throw new Error('The same page was answered in two ways.');
    if (number > 0) reads.push({ met, ready });
    const { hasNextPage, endCursor } = met.page.homeTimeline.pageInfo;
    if (!hasNextPage) break;
    after = endCursor;
  }
  return reads;
}

/** What is done before a reader begins. */
const CASES = [
  { name: 'everything is remembered', prepare: readDown },
  { name: 'the process remembers nothing', prepare: (product: Product) => product.forgetInProcess() },
  { name: 'nobody remembers anything', prepare: (product: Product) => product.forget() },
] as const;

function row(name: string, reads: readonly Read[]): string {
  const of = (which: keyof Read, what: 'ms' | 'cpuMs' | 'statements', share: number) =>
    quantile(
      reads.map((read) => read[which][what]),
      share,
    );
  const both = (what: 'ms' | 'cpuMs', share: number) =>
    `${of('met', what, share).toFixed(1)} -> ${of('ready', what, share).toFixed(1)}`;
  const cells = [name, both('ms', 0.5), both('ms', 0.9), both('ms', 0.99), both('cpuMs', 0.5)];
  return `| ${cells.join(' | ')} | ${of('met', 'statements', 0.5)} -> ${of('ready', 'statements', 0.5)} |`;
}

await runBench(async (stops) => {
  const [load = 0] = loadavg();
  const folder = join(ROOT, 'bench/.data/generated');
  const files = await generateGraph(folder);
  const { usernames } = await chooseAccounts(files.graph, options.readers);
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  stops.add(() => postgres.stop());
  await importOnce(folder, postgres.url, files, PASSWORD);
  const redis = await benchRedis(stops);

  const rows: string[] = [];
  for (const [shape, redisUrl] of [
    ['one process', undefined],
    ['gateway, subgraphs behind ports, Redis', redis.url],
  ] as const) {
    const product = await openProduct(postgres.url, redisUrl);
    try {
      const tokens: string[] = [];
      for (const username of usernames) tokens.push(await logIn(product.url, username, PASSWORD));
      const found = CASES.map((each) => ({ ...each, reads: [] as Read[] }));
      // The first round warms the code, and does not count.
      for (let round = -1; round < options.rounds; round++) {
        for (const { prepare, reads } of found) {
          for (const token of tokens) {
            await prepare(product, token);
            const read = await readDown(product, token);
            if (round >= 0) reads.push(...read);
          }
        }
        console.log(`${shape}: round ${round + 1} of ${options.rounds}`);
      }
      rows.push(...found.map(({ name, reads }) => row(`${shape}; ${name}`, reads)));
    } finally {
      await product.stop();
    }
  }

  const text = `Pages 2 to ${PAGES} of ${PAGE_SIZE} tweets (the operation \`HomeTimeline\`), read one after the other by ${options.readers} readers, on the generated graph. Left of the
arrow as a reader meets the page, right of it as it is answered when everything that it takes was read just before: as if the best
preparation of all had made it ready. Both answers were the same. ${machine(load)}
CPU is that of the one process of the bench, client included; ${options.rounds} rounds. \`npm run next-page -w bench\`

| where, and what is remembered as a reader begins | p50 ms | p90 ms | p99 ms | CPU ms | statements |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  console.log(`\n${text}`);
  if (options.output !== undefined) await writeSection(options.output, 'next-page', 'The next page', text);
});
