import type { Database } from '@starling/platform/postgres';
import { type Client, createClient } from '../../../tests/contract/people.ts';
import { type LiveClient, openLiveClient } from '../../../tests/support/live-client.ts';
import { startTestProcess, type TestProcess } from '../../../tests/support/process.ts';
import { send } from '../../../tests/support/send.ts';

/** Subgraphs that leave background work to workers, and a gateway, each a process of its own. */
export interface ProductWithWorkers {
  readonly people: Client;
  /** The subgraphs, by name. */
  readonly subgraphs: Readonly<Record<string, TestProcess>>;
  /** Two of them. */
  readonly workers: readonly [TestProcess, TestProcess];
  live(token: string): LiveClient;
  stop(): Promise<void>;
}

const SUBGRAPHS = ['users', 'tweets', 'social-graph', 'timeline', 'notifications'];
const variableOf = (subgraph: string) => `${subgraph.replace('-', '_').toUpperCase()}_URL`;

/** On a migrated database. Call `build` before. */
export async function startProductWithWorkers(
  { url: databaseUrl }: Pick<Database, 'url'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<ProductWithWorkers> {
  const shared = {
    DATABASE_URL: databaseUrl,
    IDENTITY_SECRET: 'a secret that only this test run knows',
    BACKGROUND: 'elsewhere',
    ...environment,
  };
  const processes: TestProcess[] = [];
  const stop = async () => {
    for (const each of processes.toReversed()) await each.stop();
  };
  const start = async (folder: string, more: Readonly<Record<string, string>> = {}, program?: string) => {
    const started = await startTestProcess(folder, { ...shared, ...more }, program);
    processes.push(started);
    return started;
  };
  try {
    const subgraphs: Record<string, TestProcess> = {};
    for (const name of SUBGRAPHS) subgraphs[name] = await start(`subgraphs/${name}`);
    const urls = Object.entries(subgraphs).map(([name, { url }]) => [variableOf(name), url]);
    const gateway = await start('gateway', Object.fromEntries(urls));
    const workers = [await start('standalone', {}, 'worker'), await start('standalone', {}, 'worker')] as const;
    const live = (token?: string) => openLiveClient(`${gateway.url.replace(/^http/, 'ws')}/graphql`, token);
    const people = createClient({
      graphql: (document, variables, token) => send(gateway.url, document, variables, token),
      live,
      stop,
    });
    return { people, subgraphs, workers: [...workers], live, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
