import { createHotMemory, createInProcessEntityCache, type EntityCache } from '@starling/platform/cache';
import type { PostgresEventLog } from '@starling/platform/event-log';
import { createPostgresEventLog, type EventType, eventType, makeEvent } from '@starling/platform/event-log';
import type { Viewer } from '@starling/platform/identity';
import { type Database, openDatabase } from '@starling/platform/postgres';
import type { RedisConnection } from '@starling/platform/redis';
import { leaseSnowflakes, makeSnowflake, postgresWriterLeases } from '@starling/platform/snowflake';
import { createSubgraphRunner, type SubgraphRunner } from '@starling/platform/subgraph-server';
import type { Registry } from '@starling/platform/telemetry';
import { addTweetsInBulk, createTweets, parseTweetText, type TweetsOptions } from '@starling/tweets';
import { DEFAULT_RULES, scaled } from '@starling/tweets/abuse-rules';
import { phraseOf } from '@starling/visibility';
import { execute, parse, validate } from 'graphql';
import { pino } from 'pino';
import { z } from 'zod';
import { createTestDatabase } from '../../../../tests/support/database.ts';

// What other subgraphs tell, as their owners publish it.
const id = z.string();
const registered = eventType('users.account', 'account.registered.v1', z.object({ userId: id, username: z.string() }));
const renamed = eventType(
  'users.account',
  'account.username-changed.v1',
  z.object({ userId: id, username: z.string() }),
);
const profileChanged = eventType(
  'users.account',
  'account.profile-changed.v1',
  z.object({ userId: id, isProtected: z.boolean() }),
);
const follow = z.object({ followerId: id, followeeId: id });
const followed = eventType('social-graph.follow', 'user.followed.v1', follow);
const unfollowed = eventType('social-graph.follow', 'user.unfollowed.v1', follow);
const block = z.object({ blockerId: id, blockedId: id });
const blocked = eventType('social-graph.block', 'user.blocked.v1', block);
const unblocked = eventType('social-graph.block', 'user.unblocked.v1', block);
const muted = eventType(
  'social-graph.mute',
  'user.muted.v1',
  z.object({ muterId: id, mutedId: id, until: z.string().nullable(), onlyRetweets: z.boolean() }),
);
const unmuted = eventType('social-graph.mute', 'user.unmuted.v1', z.object({ muterId: id, mutedId: id }));

const keywordMuted = eventType(
  'social-graph.keyword',
  'keyword.muted.v1',
  z.object({ muterId: id, mutedKeywordId: id, words: z.string(), until: z.string().nullable() }),
);
const keywordUnmuted = eventType(
  'social-graph.keyword',
  'keyword.unmuted.v1',
  z.object({ muterId: id, mutedKeywordId: id }),
);

export interface GraphError {
  readonly message: string;
  readonly extensions: { readonly code?: string; readonly argument?: string };
}

export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
}

export interface UserError {
  readonly code: string;
  readonly field: string[] | null;
}

export interface Payload {
  readonly tweet?: { readonly id: string } | null;
  readonly user?: { readonly id: string } | null;
  readonly deletedTweetId?: string | null;
  readonly userErrors: UserError[];
}

export type Asker = string | null | { readonly userId: string; readonly role: Viewer['role'] };

/** A tweet on its way into an import. */
export interface Draft {
  readonly id: string;
  readonly authorId: string;
  readonly conversationId?: string;
  readonly text?: string;
  readonly answers?: { readonly tweetId: string; readonly authorId: string };
}

const silent = pino({ level: 'silent' });
let made = 0;

/** A new id of a thing that there is not. */
export function newId(kind: 'user' | 'tweet' | 'retweet' = 'user'): string {
  made += 1;
  return makeSnowflake({ ms: Date.now(), kind, writer: 60, sequence: made % 4_096 });
}

const viewerOf = (asker: Asker): Viewer | null =>
  asker === null ? null : { sessionId: '1', role: 'USER', ...(typeof asker === 'string' ? { userId: asker } : asker) };

const SELECTION_BY_MUTATION: Record<string, string> = {
  deleteTweet: 'deletedTweetId',
  pinTweet: 'user { id }',
  unpinTweet: 'user { id }',
  discardHeldTweet: 'heldTweetId',
  releaseHeldTweet: 'heldTweetId tweet { id }',
};

/**
 * The tweets subgraph on a PostgreSQL database of its own, as the gateway sees it, with Redis where it is given. People post fast
 * here unless told.
 */
export async function startTweets(options: TweetsOptions = {}, redis?: RedisConnection) {
  // Whoever counts statements counts those of nobody else.
  const quiet: TweetsOptions = { watchCountsEveryMs: 3_600_000, abuseRules: scaled(DEFAULT_RULES, 1_000), ...options };
  const test = await createTestDatabase();
  const database: Database = openDatabase({ url: test.url, applicationName: 'tweets test', maxConnections: 20 });
  const eventLog: PostgresEventLog = createPostgresEventLog({ url: test.url });
  const snowflakes = await leaseSnowflakes({ leases: postgresWriterLeases(database) });
  const cached: EntityCache = createInProcessEntityCache({ maxEntries: 10_000, ttlMs: 60_000 });
  let beforeLookUp: (keys: readonly string[]) => Promise<void> = async () => {};
  const entityCache: EntityCache = {
    ...cached,
    async lookUp<Value>(keys: readonly string[]) {
      await beforeLookUp(keys);
      return cached.lookUp<Value>(keys);
    },
  };
  const memory = createHotMemory();
  const parts = { database, eventLog, snowflakes, entityCache, memory, redis };
  const subgraph = createTweets(parts, quiet);
  await subgraph.start();
  const runner = createSubgraphRunner(subgraph, silent);
  const others: (() => Promise<void>)[] = [];

  /** One request; fails when the document is none of the schema. */
  async function ask<Data>(asker: Asker, source: string, variables: object = {}): Promise<Answer<Data>> {
    const document = parse(source);
    const invalid = validate(subgraph.schema, document);
    if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
    const result = await execute({
      schema: subgraph.schema,
      document,
      variableValues: { ...variables },
      contextValue: subgraph.createContext({ viewer: viewerOf(asker), requestId: 'test' }),
    });
    // As a client gets it: plain JSON.
    const { data = null, errors = [] } = JSON.parse(JSON.stringify(result));
    return { data, errors };
  }

  /** `ask`, of which no top-level error is expected. */
  async function get<Data>(asker: Asker, source: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await ask<Data>(asker, source, variables);
    if (data === null || errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  }

  function mutation(name: string, selection = SELECTION_BY_MUTATION[name] ?? 'tweet { id }'): string {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    return `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${selection} userErrors { code field } } }`;
  }

  async function mutate<Result = Payload>(
    asker: Asker,
    name: string,
    input: object,
    selection?: string,
  ): Promise<Result> {
    return (await get<{ payload: Result }>(asker, mutation(name, selection), { input })).payload;
  }

  async function publish<Payload>(type: EventType<Payload>, key: string, payload: Payload): Promise<void> {
    await database.transaction((transaction) => eventLog.append(transaction, [makeEvent(type, key, payload)]));
  }

  return {
    database,
    eventLog,
    memory,
    runner,
    async forgetCached() {
      await entityCache.clear();
      memory.clear();
    },
    /** What happens before rows of tweets are looked up that memory does not have, by the keys of the cache behind it. */
    beforeLookUp(work: typeof beforeLookUp): void {
      beforeLookUp = work;
    },
    measure: (registry: Registry) => subgraph.measure?.(registry),
    schema: subgraph.schema,
    ask,
    get,
    mutate,
    mutation,

    /** Registers an account as its owner does: by an event. */
    async register(username = `u${made}`): Promise<string> {
      const userId = newId();
      await publish(registered, userId, { userId, username });
      return userId;
    },
    rename: (userId: string, username: string) => publish(renamed, userId, { userId, username }),
    protect: (userId: string, isProtected = true) => publish(profileChanged, userId, { userId, isProtected }),
    follow: (followerId: string, followeeId: string) => publish(followed, followerId, { followerId, followeeId }),
    unfollow: (followerId: string, followeeId: string) => publish(unfollowed, followerId, { followerId, followeeId }),
    block: (blockerId: string, blockedId: string) => publish(blocked, blockerId, { blockerId, blockedId }),
    unblock: (blockerId: string, blockedId: string) => publish(unblocked, blockerId, { blockerId, blockedId }),
    mute: (muterId: string, mutedId: string, how: { until?: string; onlyRetweets?: boolean } = {}) =>
      publish(muted, muterId, { muterId, mutedId, until: how.until ?? null, onlyRetweets: how.onlyRetweets ?? false }),
    unmute: (muterId: string, mutedId: string) => publish(unmuted, muterId, { muterId, mutedId }),

    muteKeyword: (muterId: string, phrase: string, until: string | null = null) =>
      publish(keywordMuted, muterId, { muterId, mutedKeywordId: muterId, words: phraseOf(phrase), until }),
    unmuteKeyword: (muterId: string) => publish(keywordUnmuted, muterId, { muterId, mutedKeywordId: muterId }),
    /** A subscription: its stream, or why there is none. */
    watch: (asker: Asker, source: string, variables: object, by: SubgraphRunner = runner) =>
      by.subscribe({ query: source, variables: { ...variables } }, { viewer: viewerOf(asker), requestId: 'test' }),
    /** One more instance on the same database, as another process would start it. It ends with this one. */
    async startAnother() {
      const logOfOther = createPostgresEventLog({ url: test.url });
      const other = createTweets({ ...parts, eventLog: logOfOther, memory: createHotMemory() }, quiet);
      await other.start();
      others.push(async () => {
        await other.stop();
        await logOfOther.stop();
      });
      return { runner: createSubgraphRunner(other, silent), processAll: () => logOfOther.processAll() };
    },
    /** Ends the subgraph and starts it again. */
    async restart() {
      await subgraph.stop();
      await subgraph.start();
    },

    /** Posts a tweet that is expected to be posted; answers its id. */
    async post(userId: string, input: { text?: string; replyToTweetId?: string; quotedTweetId?: string } = {}) {
      const { tweet, userErrors } = await mutate(userId, 'postTweet', { text: 'Something to say', ...input });
      if (!tweet) throw new Error(JSON.stringify(userErrors));
      return tweet.id;
    },

    /** Many tweets at once, as an import writes them: rows and events in one transaction. */
    async importTweets(drafts: readonly Draft[]): Promise<void> {
      const rows = drafts.map(({ id, authorId, conversationId = id, answers = null, text = 'Imported' }) => ({
        id,
        authorId,
        conversationId,
        replyTo: answers,
        quotedTweetId: null,
        text,
        entities: parseTweetText(text).entities,
        language: null,
      }));
      await database.transaction((transaction) => addTweetsInBulk(transaction, eventLog, rows));
    },

    /** One tweet's fields; null when the asker does not see it. */
    async tweet<Fields>(asker: Asker, tweetId: string, selection: string): Promise<Fields | null> {
      const source = `query ($id: ID!) { tweet(id: $id) { ${selection} } }`;
      return (await get<{ tweet: Fields | null }>(asker, source, { id: tweetId })).tweet;
    },

    /** Entities as the gateway asks for them. */
    async entities<Fields>(asker: Asker, type: 'Tweet' | 'User', keys: readonly object[], selection: string) {
      const source = `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on ${type} { ${selection} } }
      }`;
      const representations = keys.map((key) => ({ __typename: type, ...key }));
      return (await get<{ _entities: (Fields | null)[] }>(asker, source, { representations }))._entities;
    },

    /** The names and payloads of what this subgraph has told so far. */
    async events() {
      const { rows } = await database.pool.query<{ name: string; key: string; payload: Record<string, unknown> }>(
        `SELECT name, key, payload FROM platform.outbox WHERE topic LIKE 'tweets.%' ORDER BY position`,
      );
      return rows;
    },

    /** The names of this subgraph's statements that `work` causes; what came before has been handled. */
    async statementsOf(work: () => Promise<unknown>): Promise<string[]> {
      await eventLog.processAll();
      const names: string[] = [];
      const stop = database.onStatement((name) => {
        if (name.startsWith('tweets.')) names.push(name);
      });
      await work();
      stop();
      return names;
    },

    async stop() {
      for (const stopOther of others) await stopOther();
      await subgraph.stop();
      await snowflakes.stop();
      await eventLog.stop();
      await database.close();
      await test.drop();
    },
  };
}

export type TestTweets = Awaited<ReturnType<typeof startTweets>>;
