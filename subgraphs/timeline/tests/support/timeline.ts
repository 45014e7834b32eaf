import { createHotMemory, type HotMemory } from '@starling/platform/cache';
import { createPostgresEventLog, type NewEvent, type PostgresEventLog } from '@starling/platform/event-log';
import type { Identity } from '@starling/platform/identity';
import { decodeCursor } from '@starling/platform/pagination';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { makeSnowflake, SNOWFLAKE_EPOCH_MS } from '@starling/platform/snowflake';
import { createSubgraphRunner, type SubgraphRunner, type SubgraphStream } from '@starling/platform/subgraph-server';
import { createTimeline, inProcessTimelineCache, type TimelineCache, type TimelineOptions } from '@starling/timeline';
import type { FormattedExecutionResult } from 'graphql';
import { pino } from 'pino';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { manualClock } from '../../../../tests/support/manual-clock.ts';
import { deafEventLog } from './deaf-event-log.ts';
import { events, type PostOptions, type Retweet, type Tweet } from './events.ts';

export interface PageArguments {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
  /** Of homes alone. */
  readonly includePopular?: boolean;
}

export interface Edge {
  readonly cursor: string;
  readonly node: { readonly id: string };
  readonly retweetedBy: { readonly id: string } | null;
  readonly reason: string;
}

export interface HomeConnection {
  readonly edges: readonly Edge[];
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface TweetConnection extends Omit<HomeConnection, 'edges'> {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
}

export interface ProfileConnection extends Omit<HomeConnection, 'edges'> {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly id: string };
    readonly isRetweet: boolean;
    readonly isPinned: boolean;
  }[];
}

const ARGUMENTS = '$first: Int, $after: String, $last: Int, $before: String';
const PASSED = 'first: $first, after: $after, last: $last, before: $before';
const PAGE = 'nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const HOME = `query (${ARGUMENTS}, $includePopular: Boolean) { homeTimeline(${PASSED}, order: LATEST, includePopular: $includePopular) {
  edges { cursor node { id } retweetedBy { id } reason } ${PAGE} } }`;

const PROFILE = `query ($user: ID!, $filter: UserTimelineFilter, ${ARGUMENTS}) {
  _entities(representations: [{ __typename: "User", id: $user }]) { ... on User { timeline(${PASSED}, filter: $filter) {
    edges { cursor node { id } isRetweet isPinned } ${PAGE} } } } }`;

const LIST = `query ($list: ID!, ${ARGUMENTS}) {
  _entities(representations: [{ __typename: "List", id: $list }]) { ... on List { timeline(${PASSED}) {
    edges { cursor node { id } } ${PAGE} } } } }`;

const LIVE = `subscription ($after: String, $gapReason: StreamGapReason) {
  homeTimelineUpdates(after: $after, gapReason: $gapReason) {
  __typename
  ... on TweetAdded { cursor tweet { id } retweetedBy { id } }
  ... on TweetRemoved { cursor tweetId }
  ... on StreamGap { cursor reason } } }`;

export function as(userId: string | null): Identity {
  return { viewer: userId === null ? null : { userId, sessionId: '1', role: 'USER' }, requestId: 'test' };
}

export type AnotherTimeline = Pick<TestTimeline, 'home' | 'profile'> & Pick<PostgresEventLog, 'processAll'>;

export interface TestTimeline {
  readonly database: Database;
  readonly eventLog: PostgresEventLog;
  readonly cache: TimelineCache;
  readonly memory: HotMemory;
  readonly runner: SubgraphRunner;
  /** Ids of accounts that nobody else in the file uses. */
  newUsers(count: number): string[];
  newId(kind: 'tweet' | 'retweet' | 'list', at?: number): string;
  /** Commits events, all in one transaction. */
  emit(...events: readonly NewEvent[]): Promise<void>;
  post(authorId: string, options?: PostOptions): Promise<Tweet>;
  retweet(retweeterId: string, tweet: Tweet): Promise<Retweet>;
  /** An answer of the subgraph as the gateway gets it. */
  run(viewerId: string | null, query: string, variables?: object): Promise<FormattedExecutionResult>;
  home(viewerId: string, args?: PageArguments): Promise<HomeConnection>;
  profile(viewerId: string | null, userId: string, filter: string, args?: PageArguments): Promise<ProfileConnection>;
  list(viewerId: string | null, listId: string, args?: PageArguments): Promise<TweetConnection>;
  watch(viewerId: string | null, after?: string, gapReason?: string): ReturnType<SubgraphRunner['subscribe']>;
  /** The names of the statements sent to the subgraph's database while `work` runs. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  /** Starts one more timeline on the same database, as another process would. It ends with this one. */
  startAnother(options: TimelineOptions): Promise<AnotherTimeline>;
  /** Events of these consumers are lost on their way from now on; of none when none is named. */
  loseWakeUps(...groups: readonly string[]): void;
  /** A tick of the clock by which the subgraph looks for what it may have missed. It does not tick of itself. */
  tick(): Promise<void>;
  /** Ends the subgraph and starts another one on the same database, with an empty cache. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function openTestTimeline(
  makeCache: () => TimelineCache = inProcessTimelineCache,
  options: Omit<TimelineOptions, 'timelineCache'> = {},
): Promise<TestTimeline> {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'timeline test' });
  const eventLog = createPostgresEventLog({ url });
  const logger = pino({ level: 'silent' });
  const memory = createHotMemory();
  const heard = deafEventLog(eventLog);
  const { clock: looking, tick } = manualClock();
  let clock = 1_000_000;
  let users = 0;

  async function start() {
    const cache = makeCache();
    const subgraph = createTimeline(
      { database, eventLog: heard, logger, memory },
      { clock: looking, ...options, timelineCache: cache },
    );
    await subgraph.start();
    return { cache, subgraph, runner: createSubgraphRunner(subgraph, logger) };
  }
  let running = await start();
  const others: (() => Promise<void>)[] = [];

  const newId = (kind: 'tweet' | 'retweet' | 'user' | 'list', at?: number) =>
    makeSnowflake({
      ms: SNOWFLAKE_EPOCH_MS + (at ?? 10_000_000 + clock),
      kind,
      writer: (clock >> 12) & 63,
      sequence: clock++ & 4_095,
    });

  const emit = (...committed: readonly NewEvent[]) =>
    database.transaction((transaction) => eventLog.append(transaction, committed));

  async function page<Connection>(
    viewerId: string | null,
    query: string,
    variables: object,
    runner = running.runner,
  ): Promise<Connection> {
    const { data, errors } = await runner.execute({ query, variables: { ...variables } }, as(viewerId));
    if (errors) throw new Error(JSON.stringify(errors));
    return (data?.homeTimeline ??
      (data as { _entities: { timeline: unknown }[] })._entities[0]?.timeline) as Connection;
  }

  return {
    database,
    eventLog,
    memory,
    get cache() {
      return running.cache;
    },
    get runner() {
      return running.runner;
    },
    newUsers: (count) => Array.from({ length: count }, () => newId('user', ++users)),
    newId,
    emit,
    async post(authorId, options) {
      const tweet = { id: newId('tweet', options?.at), authorId };
      await emit(events.posted(tweet, options));
      return tweet;
    },
    async retweet(retweeterId, tweet) {
      const retweet = { ...tweet, retweetId: newId('retweet'), retweeterId };
      await emit(events.retweeted(retweet));
      return retweet;
    },
    run: async (viewerId, query, variables) =>
      running.runner.execute({ query, variables: { ...variables } }, as(viewerId)),
    home: (viewerId, args = {}) => page(viewerId, HOME, args),
    async startAnother(moreOptions) {
      const logOfOther = createPostgresEventLog({ url });
      const subgraph = createTimeline(
        { database, eventLog: logOfOther, logger },
        { clock: looking, ...options, ...moreOptions },
      );
      await subgraph.start();
      const runner = createSubgraphRunner(subgraph, logger);
      others.push(async () => {
        await subgraph.stop();
        await logOfOther.stop();
      });
      return {
        home: (viewerId, args = {}) => page(viewerId, HOME, args, runner),
        profile: (viewerId, user, filter, args = {}) => page(viewerId, PROFILE, { ...args, user, filter }, runner),
        processAll: () => logOfOther.processAll(),
      };
    },
    profile: (viewerId, user, filter, args = {}) => page(viewerId, PROFILE, { ...args, user, filter }),
    list: (viewerId, list, args = {}) => page(viewerId, LIST, { ...args, list }),
    watch: (viewerId, after, gapReason) =>
      running.runner.subscribe(
        { query: LIVE, variables: { after: after ?? null, gapReason: gapReason ?? null } },
        as(viewerId),
      ),
    async statementsOf(work) {
      const names: string[] = [];
      const stop = database.onStatement((name) => names.push(name));
      await work();
      stop();
      return names;
    },
    loseWakeUps(...groups) {
      heard.loseNothing();
      heard.lose(...groups);
    },
    tick,
    async restart() {
      await running.subgraph.stop();
      running = await start();
    },
    async stop() {
      for (const stopOther of others) await stopOther();
      await running.subgraph.stop();
      await eventLog.stop();
      await database.close();
      await drop();
    },
  };
}

/** The entry ids of a page, which its cursors hold. */
export function entryIds(list: string, { edges }: Pick<HomeConnection, 'edges'>): string[] {
  return edges.flatMap(({ cursor }) => decodeCursor(list, 'after', cursor));
}

export function isStream(answer: Awaited<ReturnType<SubgraphRunner['subscribe']>>): answer is SubgraphStream {
  return Symbol.asyncIterator in answer;
}
