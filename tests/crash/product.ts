import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '@starling/platform/postgres';
import { createLogger, type LogLevel } from '@starling/platform/telemetry';
import { type Program, type ProgramEnd, type Supervised, supervise } from '../../standalone/src/supervise.ts';
import { allMigrations } from '../support/migrations.ts';
import { relayHolder } from './relay-holder.ts';
import type { Kind, Victim } from './victim.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Of what there are several, each gateway asks one of its own. */
const SUBGRAPHS = [
  { name: 'users', variable: 'USERS_URL', processes: 1 },
  { name: 'tweets', variable: 'TWEETS_URL', processes: 2 },
  { name: 'social-graph', variable: 'SOCIAL_GRAPH_URL', processes: 1 },
  { name: 'timeline', variable: 'TIMELINE_URL', processes: 2 },
  { name: 'notifications', variable: 'NOTIFICATIONS_URL', processes: 1 },
] as const;
const GATEWAYS = 2;
const WORKERS = 2;
const BACK_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 100;

export interface ProductOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly kafkaBrokers: string | undefined;
  readonly query: <Row extends object>(text: string) => Promise<Row[]>;
  readonly logLevel: LogLevel;
  /** The file descriptor that the processes write to. */
  readonly output: number;
  /** Told of a process that ended by itself after it had served. */
  readonly onFault: (fault: string) => void;
}

export interface CrashingProduct {
  readonly gateways: readonly string[];
  readonly victims: readonly Victim[];
  stop(): Promise<void>;
}

/** Built processes, each looked after as the product's own launcher looks after them. Call `build` before. */
export async function startCrashingProduct(options: ProductOptions): Promise<CrashingProduct> {
  const { databaseUrl, redisUrl, kafkaBrokers, logLevel, output, onFault } = options;
  await migrate(databaseUrl, allMigrations);
  const shared = {
    DATABASE_URL: databaseUrl,
    IDENTITY_SECRET: randomBytes(32).toString('base64url'),
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'production',
    LOG_LEVEL: logLevel,
    // Accounts post faster here than people do.
    RATE_LIMIT_SCALE: '1000',
    // In a circle of four, authors become pulled ones and pushed ones again.
    PUSH_FOLLOWER_LIMIT: '2',
    BACKGROUND: 'elsewhere',
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...(kafkaBrokers === undefined ? {} : { KAFKA_BROKERS: kafkaBrokers }),
  };
  const logger = createLogger('crash', 'silent');
  const running: { readonly name: string; readonly process: Supervised }[] = [];

  const onEnded = ({ name, served, exitCode, signal }: ProgramEnd) => {
    // One that cannot start while its database is away ends and is started again; one that serves goes on.
    if (served && signal !== 'SIGKILL') onFault(`${name} ended by itself with ${signal ?? `exit code ${exitCode}`}`);
  };
  const start = async (program: Program) => {
    const process = await supervise(program, { logger, onEnded, output });
    running.push({ name: program.name, process });
    return process;
  };
  const stop = async () => {
    await Promise.all(running.map(({ process }) => process.stop()));
  };

  try {
    const subgraphs = await allOrNone(
      SUBGRAPHS.map(async ({ name, variable, processes }) => {
        const path = join(ROOT, 'subgraphs', name, 'dist/src/main.js');
        const started = Array.from({ length: processes }, (_, index) =>
          start({ name: processes === 1 ? name : `${name} ${index + 1}`, path, environment: shared, nodeOptions: [] }),
        );
        return { variable, urls: (await allOrNone(started)).map(({ url }) => url) };
      }),
    );
    await allOrNone(
      Array.from({ length: WORKERS }, (_, index) => {
        const path = join(ROOT, 'standalone/dist/worker.js');
        return start({ name: `worker ${index + 1}`, path, environment: shared, nodeOptions: [] });
      }),
    );
    const gateways = await allOrNone(
      Array.from({ length: GATEWAYS }, async (_, index) => {
        const path = join(ROOT, 'gateway/dist/main.js');
        const urls = subgraphs.map((one) => [one.variable, one.urls[index % one.urls.length]]);
        const environment = { ...shared, ...Object.fromEntries(urls) };
        return (await start({ name: `gateway ${index + 1}`, path, environment, nodeOptions: [] })).url;
      }),
    );
    const victims = running.map(({ name, process }) => victimOf(name, process));
    return {
      gateways,
      victims: kafkaBrokers === undefined ? victims : [...victims, relayVictim(victims, running, options)],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Like `Promise.all`, but fails only when nothing is under way any more, so that all that came up can be stopped. */
async function allOrNone<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

const kindOf = (name: string) => name.replace(/ \d+$/, '') as Kind;

function victimOf(name: string, process: Supervised): Victim {
  let struck: number | undefined;
  return {
    kind: kindOf(name),
    name,
    async strike() {
      const { pid } = process;
      // Until the launcher has started it again there is nobody.
      if (pid === undefined || pid === struck || !kill(pid)) return undefined;
      struck = pid;
      return `${name} (${pid})`;
    },
    async back() {
      const end = performance.now() + BACK_WITHIN_MS;
      const serves = async () => process.pid !== struck && (await isReady(process.url));
      while (!(await serves().catch(() => false))) {
        if (performance.now() > end)
          throw new Error(`${name} is not ready ${BACK_WITHIN_MS / 1_000} s after it was struck.`);
        await pause(LOOK_EVERY_MS);
      }
    },
  };
}

function relayVictim(
  victims: readonly Victim[],
  running: readonly { readonly name: string; readonly process: Supervised }[],
  { query }: ProductOptions,
): Victim {
  return {
    kind: 'relay',
    name: 'the relay',
    async strike(downMs) {
      const pid = await relayHolder(query).catch(() => undefined);
      const name = running.find(({ process }) => process.pid === pid)?.name;
      const struck = await victims.find((victim) => victim.name === name)?.strike(downMs);
      return struck && `the relay: ${struck}`;
    },
    // Who held it is waited for by its own name.
    back: async () => {},
  };
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

export async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
}
