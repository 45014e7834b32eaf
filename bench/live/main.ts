import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { startChild } from '../home-page/child.ts';
import { cpuTime } from '../home-page/cpu-time.ts';
import { machine } from '../shared/machine.ts';
import { median, quantile, whole } from '../shared/numbers.ts';
import { ROOT, readOptions } from '../shared/options.ts';
import { writeSection } from '../shared/section.ts';
import { runBench, type Stops } from '../shared/stops.ts';
import { type Audience, openAudience } from './audience.ts';
import { now } from './messages.ts';

const options = readOptions({
  sockets: { byDefault: 5_000, most: 15_000 },
  idle: { byDefault: 19_000, most: 19_500 },
  rounds: { byDefault: 3, most: 20 },
  seconds: { byDefault: 5, most: 60 },
  posts: { byDefault: 16, most: 64 },
});
const { sockets, idle, rounds, seconds, posts, output } = options;

const DOCUMENT = `subscription Bench($tweetId: ID!) { conversationUpdates(tweetId: $tweetId) {
  ... on TweetAdded { cursor tweet { id text createdAt likeCount author { id username displayName } } } } }`;
interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** Makes one event. */
  emit(): Promise<void>;
}

interface Speed {
  readonly perSecond: number;
  /** Deliveries for each second of the server's processor time; undefined where the system does not tell. */
  readonly perCpuSecond: number | undefined;
  /** Of one core, what the process of the sockets took meanwhile. */
  readonly clients: number | undefined;
}

async function ask<Data>(url: string, query: string, variables: object, token?: string): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const POST = `mutation ($input: PostTweetInput!) { postTweet(input: $input) { tweet { id } userErrors { message } } }`;

/** Somebody who posts, and a tweet for others to watch. */
async function beginConversation(url: string) {
  const input = {
    username: `bench_${Date.now() % 1_000_000}`,
    email: `b${Date.now()}@example.test`,
    password: 'a bench that runs',
  };
  const register = `mutation ($input: RegisterInput!) { register(input: $input) { tokens { accessToken } userErrors { message } } }`;
  const { register: registered } = await ask<{
    register: { tokens: { accessToken: string } | null; userErrors: object[] };
  }>(url, register, { input: { ...input, displayName: 'Bench' } });
  const token = registered.tokens?.accessToken;
  if (!token) throw new Error(JSON.stringify(registered.userErrors));
  let posts = 0;
  const post = async (replyToTweetId?: string): Promise<string> => {
    const tweet = { text: `Post ${++posts} of a bench, as long as posts usually are, in which nothing is said.` };
    const { postTweet } = await ask<{ postTweet: { tweet: { id: string } | null; userErrors: object[] } }>(
      url,
      POST,
      { input: { ...tweet, ...(replyToTweetId && { replyToTweetId }) } },
      token,
    );
    if (!postTweet.tweet) throw new Error(JSON.stringify(postTweet.userErrors));
    return postTweet.tweet.id;
  };
  const root = await post();
  return { root, emit: async () => void (await post(root)) };
}

/** As many events as `forSeconds` take, each of which has to arrive everywhere. Answers the last one's text. */
async function run(
  audience: Audience,
  { pid, emit }: Contestant,
  forSeconds: number,
): Promise<Speed & { text: string }> {
  await audience.begin();
  const cpuBefore = [pid, audience.pid].map((each) => cpuTime([each]));
  const began = performance.now();
  let text = '';
  let count = 0;
  let emitted = 0;
  const emitting: Promise<void>[] = [];
  const emitNext = () => {
    emitted++;
    emitting.push(emit());
  };
  // So many are on their way at a moment, so that nobody waits for the next one to be made.
  while (emitted < posts) emitNext();
  while (count < emitted) {
    ({ text } = await audience.next());
    count++;
    if (performance.now() - began < forSeconds * 1_000) emitNext();
  }
  const took = (performance.now() - began) / 1_000;
  await Promise.all(emitting);
  const [cpu, clients] = [pid, audience.pid].map((each, at) => {
    const [before, after] = [cpuBefore[at], cpuTime([each])];
    return before === undefined || after === undefined ? undefined : (after - before) / 1_000;
  });
  const deliveries = count * sockets;
  return {
    perSecond: deliveries / took,
    perCpuSecond: cpu ? deliveries / cpu : undefined,
    clients: clients === undefined ? undefined : clients / took,
    text,
  };
}

/** From the moment at which an event is asked for until it is at a socket, at a given rate. */
async function latencies(audience: Audience, { emit }: Contestant, everyMs: number): Promise<number[]> {
  await audience.begin();
  const found: number[] = [];
  for (let count = 0; count < Math.max(3, (seconds * 1_000) / everyMs); count++) {
    const asked = now();
    const [{ arrivals }] = await Promise.all([audience.next(), emit()]);
    found.push(...arrivals.map((at) => at - asked));
    await pause(Math.max(0, everyMs - (now() - asked)));
  }
  return found;
}

/** The memory that a process takes, in bytes. */
function memoryOf(pid: number): number {
  const kB = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (!kB) throw new Error('The system does not tell what memory a process takes.');
  return Number(kB) * 1_024;
}

async function bench(stops: Stops): Promise<void> {
  const described = machine();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-bench-'));
  stops.add(() => rm(dataDirectory, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  stops.add(() => postgres.stop());
  const quiet = { NODE_ENV: 'production', LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0' };
  const starling = await startChild({
    name: 'Starling',
    command: process.execPath,
    args: [join(ROOT, 'standalone/dist/main.js')],
    env: { ...quiet, DATABASE_URL: postgres.url, DEMO_DATA: 'off', ABUSE_CHECK: 'off' },
    ready: /^Starling is ready at (\S+)/,
  });
  stops.add(() => starling.stop());
  const bare = await startChild({
    name: 'the bare broadcast',
    command: process.execPath,
    args: [...process.execArgv, join(import.meta.dirname, 'bare-server.ts')],
    ready: /^bare at (\S+)/,
  });
  stops.add(() => bare.stop());

  const { root, emit } = await beginConversation(starling.found);
  const payload = { query: DOCUMENT, variables: { tweetId: root } };
  let text = '';
  const product: Contestant = { name: 'Starling', url: starling.found, pid: starling.pid, emit };
  const broadcast: Contestant = {
    name: 'bare `ws` broadcast of the same bytes',
    url: bare.found,
    pid: bare.pid,
    async emit() {
      await fetch(bare.found, { method: 'POST', body: text });
    },
  };
  const socketUrl = ({ url }: Contestant) => `${url.replace(/^http/, 'ws')}/graphql`;

  // Before anything else: what is freed later is not given back.
  const before = memoryOf(starling.pid);
  const crowd = openAudience();
  stops.add(() => crowd.stop());
  await crowd.open(idle, socketUrl(product), payload);
  await pause(5_000);
  const each = (memoryOf(starling.pid) - before) / idle;
  await crowd.begin();
  await emit();
  await crowd.next();
  await crowd.closeAll();
  await crowd.stop();

  const measured = new Map<Contestant, Speed[]>([product, broadcast].map((each) => [each, []]));
  const waits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const contestant of [product, broadcast]) {
      const audience = openAudience();
      stops.add(() => audience.stop());
      await audience.open(sockets, socketUrl(contestant), payload);
      // Streams stand a moment after they were asked for; code that runs for the first time is nobody's measure.
      await pause(2_000);
      await run(audience, contestant, 1);
      const found = await run(audience, contestant, seconds);
      measured.get(contestant)?.push(found);
      if (contestant === product) {
        text = found.text;
        waits.push(...(await latencies(audience, contestant, (10 * 1_000 * sockets) / found.perSecond)));
      }
      console.log(`round ${round + 1} of ${rounds}: ${whole(found.perSecond)} deliveries/s  ${contestant.name}`);
      await audience.closeAll();
      await audience.stop();
    }
  }

  const of = (contestant: Contestant) => measured.get(contestant) ?? [];
  const rates = (contestant: Contestant) => of(contestant).map(({ perSecond }) => perSecond);
  const perCpu = (contestant: Contestant) => of(contestant).map((speed) => speed.perCpuSecond ?? Number.NaN);
  const ofClients = (contestant: Contestant) =>
    median(of(contestant).map(({ clients }) => clients ?? Number.NaN)).toFixed(2);
  const ratios = rates(product).map((rate, round) => rate / (rates(broadcast)[round] ?? Number.NaN));
  const cpuRatios = perCpu(product).map((rate, round) => rate / (perCpu(broadcast)[round] ?? Number.NaN));
  const rows = [product, broadcast].map((contestant) => {
    const cells = [
      contestant.name,
      whole(median(rates(contestant))),
      `${whole(Math.min(...rates(contestant)))}-${whole(Math.max(...rates(contestant)))}`,
      whole(median(perCpu(contestant))),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const report = `${whole(sockets)} sockets, signed out, of one document (\`conversationUpdates\`, with the author from another subgraph), in a process of
their own; the product in one process, on one thread. Answers are posted one after another, ${posts} on their way at a moment, so that there
is always something to deliver.
${described}
${rounds} interleaved rounds of ${seconds} s. Every event arrived at every socket, in the same order and the same to the last byte.
Compare within the table; the rest is of one machine and one moment. \`npm run live -w bench\`.

| | deliveries/s (median) | rounds | deliveries for a second of the process's CPU |
| --- | --- | --- | --- |
${rows.join('\n')}

Of the bare broadcast: ${median(ratios).toFixed(2)} by the clock, ${median(cpuRatios).toFixed(2)} by CPU (medians of rounds). The process of the sockets
took ${ofClients(product)} of a core with the product, and ${ofClients(broadcast)} with the bare broadcast.

At a tenth of that rate, from the moment at which a post is sent until it is at a socket, its commit included: p50
${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms.

${whole(idle)} idle sockets, each with a stream of that document: ${(each / 1_024).toFixed(1)} kB of the process's memory each. An event
reached all of them. (As many as a process may open files here, less what it needs for itself.)
`;
  console.log(report);
  if (output !== undefined) await writeSection(output, 'live', 'Live', report);
}

await runBench(bench);
