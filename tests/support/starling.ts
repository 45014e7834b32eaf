import { randomUUID } from 'node:crypto';
import { type FetchReport, startGateway } from '@starling/gateway';
import { createNotifications } from '@starling/notifications';
import { createHotMemory } from '@starling/platform/cache';
import type { Parts, Subgraph } from '@starling/platform/graphql';
import { createStopList } from '@starling/platform/lifecycle';
import { openParts } from '@starling/platform/parts';
import { type Database, statement } from '@starling/platform/postgres';
import { type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { createLogger } from '@starling/platform/telemetry';
import { createSocialGraph } from '@starling/social-graph';
import {
  createTimeline,
  DEFAULT_PUSH_FOLLOWER_LIMIT,
  inProcessTimelineCache,
  openRecentsCaches,
  redisTimelineCache,
} from '@starling/timeline';
import { createTweets } from '@starling/tweets';
import { type AbuseRules, DEFAULT_RULES, scaled } from '@starling/tweets/abuse-rules';
import { createUsers, type MailOptions } from '@starling/users';
import { redeliverForTests } from '../../platform/src/event-log/testing.ts';
import { createTestDatabase } from './database.ts';
import { type LiveClient, openLiveClient } from './live-client.ts';
import { manualClock } from './manual-clock.ts';
import { type Answer, send } from './send.ts';

/** `one-process`: subgraphs are called as functions. `over-http`: each behind a port of its own, as separate processes are. */
export type Shape = 'one-process' | 'over-http';

/** The whole system on a database of its own, as clients see it, and what a test needs besides. */
export interface RunningStarling {
  readonly url: string;
  readonly wsUrl: string;
  readonly database: Database;
  readonly parts: Parts;
  /** As they are called in one process. */
  readonly subgraphs: readonly Subgraph[];
  /** Where each subgraph listens in the shape `over-http`. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** The key of the subgraphs' identity tokens. */
  readonly identitySecret: string;
  /** Every fetch that the gateway made, oldest first. A test empties it as it likes. */
  readonly fetches: FetchReport[];
  graphql<Data = Record<string, unknown>>(
    document: string,
    variables?: object,
    token?: string | undefined,
  ): Promise<Answer<Data>>;
  live(token?: string): LiveClient;
  /** One more gateway on the same subgraphs. It ends with the system, if not before. */
  startAnotherGateway(): Promise<AnotherGateway>;
  /** The names of the statements that were sent meanwhile by whoever answers requests, in order. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  /** Waits until every consumer has handled what was committed before. */
  processAll(): Promise<void>;
  /** Makes the digests that are due, sends them, and hears what became of that. */
  sendDigests(): Promise<void>;
  /** Sends the mails that ask whether addresses are somebody's. */
  sendConfirmations(): Promise<void>;
  /** Tells what is popular at this moment, and waits until everybody has heard it. */
  rankPopular(): Promise<void>;
  /** Forgets everything that is kept only to be faster. */
  evictCaches(): Promise<void>;
  /** Delivers every event to every stored consumer once more, and waits for that. */
  redeliver(): Promise<void>;
  /** Closes one subgraph's port (`over-http` only). */
  closeSubgraph(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface AnotherGateway {
  readonly url: string;
  readonly wsUrl: string;
  close(): Promise<void>;
  /** At the same address, once it has been closed. */
  openAgain(): Promise<void>;
}

export interface StarlingOptions {
  readonly shape: Shape;
  /** One that runs already: this one is a further instance on its database, and ends before it. */
  readonly beside?: RunningStarling;
  /** How much each process remembers, as a share of what it does otherwise. */
  readonly memoryScale?: number;
  /** A Redis to cache in, instead of this process's memory. */
  readonly redisUrl?: string;
  /** A Kafka for the events that no read waits for; the system has topics and groups of its own there. */
  readonly kafkaBrokers?: readonly string[];
  /** Followers above which an author is pulled. */
  readonly pushFollowerLimit?: number;
  /** What new tweets are held to; far more than people may when not given, as tests post fast. */
  readonly abuseRules?: AbuseRules;
  /** How digests are sent, and when they are made; by whoever asks for it, as no clock ticks of itself. */
  readonly digests?: { readonly mail: MailOptions; readonly periodMs: number; readonly now: () => Date };
}

const IDENTITY_SECRET = 'a secret that only this test run knows';
const HOST = '127.0.0.1';
/** Hashing passwords is tested where they belong; here it only takes time. */
const CHEAP_HASHES = { memoryKiB: 1_024, passes: 1, lanes: 1 };

/** What is sent every few seconds, whoever asks for what. */
const BY_THE_CLOCK = new Set([
  'platform.renewWriter',
  'timeline.lookForChanges',
  'notifications.takePushes',
  'notifications.lookForAnnouncements',
]);

const consumerGroups = statement('test.consumerGroups', 'SELECT consumer_group FROM platform.consumer_offsets');

export async function startStarling(options: StarlingOptions): Promise<RunningStarling> {
  const {
    shape,
    beside,
    memoryScale,
    redisUrl,
    kafkaBrokers,
    pushFollowerLimit = DEFAULT_PUSH_FOLLOWER_LIMIT,
    abuseRules = scaled(DEFAULT_RULES, 1_000),
    digests,
  } = options;
  const logger = createLogger('test', 'fatal');
  const stops = createStopList((name, error) => {
    throw new Error(`${name} did not stop`, { cause: error });
  });
  const testDatabase = beside ? beside.database : await createTestDatabase();
  if ('drop' in testDatabase) stops.add('test database', () => testDatabase.drop());
  const opened = await openParts({
    url: testDatabase.url,
    redisUrl,
    kafka: kafkaBrokers && { brokers: kafkaBrokers },
    kafkaPrefix: `${randomUUID()}.`,
    name: 'starling test',
    alone: true,
    logger,
    stops,
  });
  const memory = memoryScale === undefined ? opened.memory : createHotMemory({ scale: memoryScale });
  const parts: Parts = { ...opened, memory };
  const { database, eventLog, entityCache } = parts;

  const timelineCache = parts.redis ? redisTimelineCache({ redis: parts.redis }) : inProcessTimelineCache();
  const recentsCaches = openRecentsCaches(parts.redis);
  const { clock } = manualClock();
  const users = createUsers(parts, { argon2Cost: CHEAP_HASHES, mail: digests && { ...digests.mail, clock } });
  const notifications = createNotifications(parts, { digests: digests && { ...digests, clock } });
  // Whoever counts statements counts those of nobody else.
  const tweets = createTweets(parts, { abuseRules, watchCountsEveryMs: 3_600_000, popularClock: clock });
  const subgraphs: readonly Subgraph[] = [
    users,
    tweets,
    createSocialGraph(parts),
    createTimeline(parts, { timelineCache, recentsCaches, pushFollowerLimit }),
    notifications,
  ];
  for (const subgraph of subgraphs) {
    stops.add(subgraph.name, () => subgraph.stop());
    await subgraph.start();
  }
  // What it does as it starts is not done while somebody counts statements.
  await tweets.rankPopular();

  const servers = new Map<string, RunningServer>();
  if (shape === 'over-http') {
    for (const subgraph of subgraphs) {
      const server = await serveSubgraph({ subgraph, host: HOST, port: 0, identitySecret: IDENTITY_SECRET, logger });
      servers.set(subgraph.name, server);
    }
  }
  stops.add('servers', () => Promise.all([...servers.values()].map((server) => server.close())));

  const fetches: FetchReport[] = [];
  const openGateway = (port: number) =>
    startGateway({
      host: HOST,
      port,
      subgraphs: subgraphs.map((subgraph) => {
        const server = servers.get(subgraph.name);
        return server ? { name: subgraph.name, url: server.url } : subgraph;
      }),
      identitySecret: IDENTITY_SECRET,
      keySet: () => users.keySet(),
      eventLog,
      logger,
      onFetch: (report) => void fetches.push(report),
    });
  const gateway = await openGateway(0);
  stops.add('gateway', () => gateway.close());
  const wsUrl = `${gateway.url.replace(/^http/, 'ws')}/graphql`;

  return {
    url: gateway.url,
    wsUrl,
    database,
    parts,
    subgraphs,
    subgraphUrls: Object.fromEntries([...servers].map(([name, { url }]) => [name, url])),
    identitySecret: IDENTITY_SECRET,
    fetches,
    graphql: (document, variables, token) => send(gateway.url, document, variables, token),
    live: (token) => openLiveClient(wsUrl, token),
    async startAnotherGateway() {
      let another = await openGateway(0);
      let running = true;
      const close = async () => {
        if (running) await another.close();
        running = false;
      };
      stops.add('another gateway', close);
      const { url } = another;
      return {
        url,
        wsUrl: `${url.replace(/^http/, 'ws')}/graphql`,
        close,
        async openAgain() {
          another = await openGateway(Number(new URL(url).port));
          running = true;
        },
      };
    },
    async statementsOf(work) {
      const names: string[] = [];
      const stopListening = database.onStatement((name) => {
        if (!BY_THE_CLOCK.has(name)) names.push(name);
      });
      try {
        await work();
      } finally {
        stopListening();
      }
      return names;
    },
    processAll: () => eventLog.processAll(),
    async sendDigests() {
      await notifications.makeDueDigests();
      await eventLog.processAll();
      await users.sendDigests();
      await eventLog.processAll();
    },
    sendConfirmations: () => users.sendConfirmations(),
    async rankPopular() {
      await eventLog.processAll();
      await tweets.rankPopular();
      await eventLog.processAll();
    },
    async evictCaches() {
      const { local, shared } = recentsCaches;
      memory.clear();
      await Promise.all([entityCache, timelineCache, shared, local].map((cache) => cache?.clear()));
    },
    async redeliver() {
      await eventLog.processAll();
      const groups = await database.query<{ consumer_group: string }>(consumerGroups);
      for (const { consumer_group } of groups) await redeliverForTests(database, consumer_group);
      await eventLog.processAll();
    },
    async closeSubgraph(name) {
      await servers.get(name)?.close();
      servers.delete(name);
    },
    stop: () => stops.stop(),
  };
}
