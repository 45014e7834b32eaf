import { createNotifications, type NotificationsOptions } from '@starling/notifications';
import { createPostgresEventLog, type PostgresEventLog } from '@starling/platform/event-log';
import type { Identity } from '@starling/platform/identity';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { makeSnowflake, SNOWFLAKE_EPOCH_MS } from '@starling/platform/snowflake';
import { createSubgraphRunner, type SubgraphRunner, type SubgraphStream } from '@starling/platform/subgraph-server';
import { createMetricsRegistry } from '@starling/platform/telemetry';
import type { FormattedExecutionResult } from 'graphql';
import { pino } from 'pino';
import { redeliverForTests } from '../../../../platform/src/event-log/testing.ts';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { manualClock } from '../../../../tests/support/manual-clock.ts';
import { events, type PostOptions, type TestEvent, type Tweet } from './events.ts';

export interface PageArguments {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
  readonly kinds?: readonly string[];
}

export interface Node {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly isRead: boolean;
  readonly actorCount: number;
  readonly milestone: number | null;
  readonly sampleActors: readonly { readonly id: string }[];
  readonly tweet: { readonly id: string } | null;
}

export interface Connection {
  readonly unreadCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const NODE = 'id kind createdAt updatedAt isRead actorCount milestone sampleActors { id } tweet { id }';
const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $kinds: [NotificationKind!]) {
  notifications(first: $first, after: $after, last: $last, before: $before, kinds: $kinds) {
    unreadCount edges { cursor node { ${NODE} } } nodes { ${NODE} }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const BY_ID = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Notification", nodeId: $id }]) { ... on Notification { ${NODE} } } }`;
const MARK = `mutation ($upTo: ID!) {
  markNotificationsRead(input: { upTo: $upTo }) { unreadCount userErrors { code field } } }`;
const PREFER = `mutation ($input: SetNotificationPreferenceInput!) {
  setNotificationPreference(input: $input) { preferences { kind channel isEnabled } userErrors { code } } }`;
const LIVE = `subscription ($after: String, $gapReason: StreamGapReason) {
  notificationAdded(after: $after, gapReason: $gapReason) {
  __typename
  ... on NotificationAdded { cursor unreadCount notification { ${NODE} } }
  ... on StreamGap { cursor reason } } }`;

export interface Marked {
  readonly unreadCount: number | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

/** Of each account there is one session, of the same id. */
export function as(userId: string | null): Identity {
  return { viewer: userId === null ? null : { userId, sessionId: userId, role: 'USER' }, requestId: 'test' };
}

export interface TestNotifications {
  readonly database: Database;
  readonly eventLog: PostgresEventLog;
  /** Ids of accounts that nobody else in the file uses. */
  newUsers(count: number): string[];
  /** Made at this time, in Unix milliseconds; when not given, later than all before. */
  newId(kind: 'tweet' | 'retweet', atMs?: number): string;
  /** Commits events, all in one transaction. */
  emit(...events: readonly TestEvent[]): Promise<void>;
  post(authorId: string, options?: PostOptions & { readonly atMs?: number }): Promise<Tweet>;
  /** An answer of the subgraph as the gateway gets it. */
  run(
    viewerId: string | null,
    query: string,
    variables?: object,
    signal?: AbortSignal,
  ): Promise<FormattedExecutionResult>;
  /** Called whenever a read begins to wait for the copies. */
  whileCatchingUp(listener: (() => void) | undefined): void;
  list(viewerId: string, args?: PageArguments): Promise<Connection>;
  byId(viewerId: string | null, id: string): Promise<Node | null>;
  markRead(viewerId: string, upTo: string): Promise<Marked>;
  prefer(viewerId: string, kind: string, isEnabled: boolean, channel?: string): Promise<void>;
  watch(viewerId: string | null, after?: string, gapReason?: string): ReturnType<SubgraphRunner['subscribe']>;
  /** The names of the statements sent to the subgraph's database while `work` runs. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  /** Whether events wake who follows announcements: while they do not, only the clock does. */
  loseWakeUps(areLost: boolean): void;
  /** A tick of that clock. It does not tick of itself. */
  tick(): Promise<void>;
  /** Sends the messages to browsers that are due. */
  sendDuePushes(): Promise<void>;
  /** What operators see. */
  metrics(): Promise<string>;
  /** Asks for the digests that are due. */
  makeDueDigests(): Promise<void>;
  /** Delivers every event once more, and waits for that. */
  redeliver(): Promise<void>;
  /** Forgets everything but what people have read and chosen, and makes it again from the events. */
  rebuild(): Promise<void>;
  /** Ends the subgraph and starts another one on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const setTimes = statement(
  'test.setTimes',
  `UPDATE platform.outbox o SET occurred_at = to_timestamp(told.at_ms / 1000.0)
   FROM unnest($1::uuid[], $2::bigint[]) AS told (id, at_ms) WHERE o.id = told.id`,
);

export async function openTestNotifications(options: NotificationsOptions = {}): Promise<TestNotifications> {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'notifications test' });
  const eventLog = createPostgresEventLog({ url });
  const logger = pino({ level: 'silent' });
  let ids = 0;
  let areLost = false;
  let whileCatchingUp: (() => void) | undefined;
  const { clock, tick } = manualClock();
  /** The same log, which keeps from who follows announcements what it brings while wake-ups are lost. */
  const forgetful: PostgresEventLog = {
    ...eventLog,
    async consume(consumer) {
      const running = await eventLog.consume(
        consumer.group === 'notifications.live'
          ? { ...consumer, handle: async (told) => (areLost ? undefined : consumer.handle(told)) }
          : consumer,
      );
      if (consumer.group !== 'notifications.copies') return running;
      return {
        ...running,
        isCaughtUp: (moment) => whileCatchingUp === undefined && running.isCaughtUp(moment),
        async caughtUp(moment) {
          whileCatchingUp?.();
          await running.caughtUp(moment);
        },
      };
    },
  };

  async function start() {
    const subgraph = createNotifications({ database, eventLog: forgetful }, { clock, ...options });
    await subgraph.start();
    return { subgraph, runner: createSubgraphRunner(subgraph, logger) };
  }
  let running = await start();

  const newId = (kind: 'tweet' | 'retweet' | 'user', atMs: number) => {
    const place = ids++;
    return makeSnowflake({ ms: atMs, kind, writer: (place >> 12) & 63, sequence: place & 4_095 });
  };
  const run: TestNotifications['run'] = async (viewerId, query, variables, signal) =>
    running.runner.execute({ query, variables: { ...variables } }, as(viewerId), signal);
  async function ask<Data>(viewerId: string | null, query: string, variables: object): Promise<Data> {
    const { data, errors } = await run(viewerId, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Data;
  }

  const emit: TestNotifications['emit'] = (...told) =>
    database.transaction(async (transaction) => {
      await eventLog.append(transaction, told);
      const timed = told.filter((event) => event.atMs !== undefined);
      if (timed.length === 0) return;
      await transaction.query(setTimes, [timed.map(({ id }) => id), timed.map(({ atMs }) => atMs)]);
    });

  return {
    database,
    eventLog,
    newUsers: (count) => Array.from({ length: count }, () => newId('user', SNOWFLAKE_EPOCH_MS + 1_000 + ids)),
    newId: (kind, atMs = Date.now()) => newId(kind, atMs),
    emit,
    async post(authorId, { atMs = Date.now(), ...options } = {}) {
      const tweet = { id: newId('tweet', atMs), authorId };
      await emit(events.posted(tweet, options));
      return tweet;
    },
    run,
    whileCatchingUp(listener) {
      whileCatchingUp = listener;
    },
    list: async (viewerId, args = {}) => (await ask<{ notifications: Connection }>(viewerId, LIST, args)).notifications,
    byId: async (viewerId, id) =>
      (await ask<{ _entities: readonly (Node | null)[] }>(viewerId, BY_ID, { id }))._entities[0] ?? null,
    markRead: async (viewerId, upTo) =>
      (await ask<{ markNotificationsRead: Marked }>(viewerId, MARK, { upTo })).markNotificationsRead,
    async prefer(viewerId, kind, isEnabled, channel = 'IN_APP') {
      await ask(viewerId, PREFER, { input: { kind, channel, isEnabled } });
    },
    watch: (viewerId, after, gapReason) =>
      running.runner.subscribe(
        { query: LIVE, variables: { after: after ?? null, gapReason: gapReason ?? null } },
        as(viewerId),
      ),
    async statementsOf(work) {
      const names: string[] = [];
      const stop = database.onStatement((name) => {
        // This is sent every few seconds, whoever asks for what.
        if (name !== 'notifications.takePushes') names.push(name);
      });
      await work();
      stop();
      return names;
    },
    loseWakeUps(lost) {
      areLost = lost;
    },
    tick,
    async metrics() {
      const registry = createMetricsRegistry();
      running.subgraph.measure?.(registry);
      return registry.metrics();
    },
    sendDuePushes: () => running.subgraph.sendDuePushes(),
    makeDueDigests: () => running.subgraph.makeDueDigests(),
    async redeliver() {
      await redeliverForTests(database, 'notifications.copies');
      await eventLog.processAll();
    },
    async rebuild() {
      await running.subgraph.stop();
      await database.pool.query(
        `TRUNCATE notifications.follows, notifications.blocks, notifications.mutes, notifications.muted_keywords,
           notifications.protected_accounts, notifications.tweets, notifications.acts, notifications.like_counts,
           notifications.entries, platform.handled_events, platform.consumer_offsets`,
      );
      running = await start();
    },
    async restart() {
      await running.subgraph.stop();
      running = await start();
    },
    async stop() {
      await running.subgraph.stop();
      await eventLog.stop();
      await database.close();
      await drop();
    },
  };
}

export function isStream(answer: Awaited<ReturnType<SubgraphRunner['subscribe']>>): answer is SubgraphStream {
  return Symbol.asyncIterator in answer;
}
