import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ROOT } from '../../shared/options.ts';
import { type Child, startChild } from '../child.ts';

const SUBGRAPHS = ['users', 'tweets', 'social-graph', 'timeline', 'notifications'] as const;

/** Everything runs as in production: quietly, and on this machine alone. */
const COMMON = { NODE_ENV: 'production', LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0' };

function node(name: string, path: string, env: Readonly<Record<string, string>>, ready?: RegExp): Promise<Child> {
  const source = path.startsWith('bench/') ? ['--import', 'tsx'] : [];
  const args = [...source, join(ROOT, path)];
  return startChild({ name, command: process.execPath, args, env: { ...COMMON, ...env }, ...(ready && { ready }) });
}

/** The whole system in one process, as `npm start` runs it. */
export function startStarling(databaseUrl: string): Promise<Child> {
  const env = { DATABASE_URL: databaseUrl, DEMO_DATA: 'off' };
  return node('Starling', 'standalone/dist/main.js', env, /^Starling is ready at (\S+)/);
}

export interface Subgraphs {
  readonly urls: Readonly<Record<(typeof SUBGRAPHS)[number], string>>;
  readonly identitySecret: string;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** Each subgraph in a process of its own, behind its own port. */
export async function startSubgraphs(databaseUrl: string): Promise<Subgraphs> {
  const identitySecret = randomBytes(32).toString('base64url');
  const env = { DATABASE_URL: databaseUrl, IDENTITY_SECRET: identitySecret };
  const children = await Promise.all(SUBGRAPHS.map((name) => node(name, `subgraphs/${name}/dist/src/main.js`, env)));
  const [users = '', tweets = '', socialGraph = '', timeline = '', notifications = ''] = children.map(
    ({ found }) => found,
  );
  return {
    urls: { users, tweets, 'social-graph': socialGraph, timeline, notifications },
    identitySecret,
    pids: children.map(({ pid }) => pid),
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

/** Our gateway in front of those subgraphs, as `npm run start:processes` runs it. */
export function startSeparateGateway(databaseUrl: string, { urls, identitySecret }: Subgraphs): Promise<Child> {
  return node('the gateway', 'gateway/dist/main.js', {
    DATABASE_URL: databaseUrl,
    IDENTITY_SECRET: identitySecret,
    USERS_URL: urls.users,
    TWEETS_URL: urls.tweets,
    SOCIAL_GRAPH_URL: urls['social-graph'],
    TIMELINE_URL: urls.timeline,
    NOTIFICATIONS_URL: urls.notifications,
  });
}

const OTHERS = {
  apollo: 'stock-gateway-server.ts',
  hive: 'others/hive-server.js',
  mercurius: 'others/mercurius-server.js',
} as const;

/** A gateway of others in front of those subgraphs. */
export function startOther(which: keyof typeof OTHERS, { urls, identitySecret }: Subgraphs): Promise<Child> {
  return node(`the gateway of ${which}`, `bench/home-page/contestants/${OTHERS[which]}`, {
    SUBGRAPHS: JSON.stringify(urls),
    JWKS_URL: `${urls.users}/.well-known/jwks.json`,
    IDENTITY_SECRET: identitySecret,
  });
}

/** The hand-written handler; one that remembers has tweets and people in its own memory as well. */
export function startHandWritten(redisUrl: string, remembers: boolean): Promise<Child> {
  return node('the hand-written handler', 'bench/home-page/contestants/hand-written-server.ts', {
    REDIS_URL: redisUrl,
    REMEMBERS: remembers ? 'on' : 'off',
  });
}
