import { createHotMemory, createInProcessEntityCache, type EntityCache } from '@starling/platform/cache';
import { createPostgresEventLog, type PostgresEventLog } from '@starling/platform/event-log';
import type { Parts } from '@starling/platform/graphql';
import type { Identity, Viewer } from '@starling/platform/identity';
import { backgroundHere } from '@starling/platform/lifecycle';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { leaseSnowflakes, postgresWriterLeases } from '@starling/platform/snowflake';

import { execute, parse, validate } from 'graphql';
import { decodeJwt } from 'jose';
import { pino } from 'pino';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { createUsers, type UsersOptions, type UsersSubgraph } from '../../src/index.ts';

export interface Answer<Data> {
  readonly data: Data;
  readonly errors: readonly { readonly message: string; readonly extensions: { code?: string; argument?: string } }[];
}

export interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
}

export interface Payload {
  readonly user?: Record<string, unknown> | null;
  readonly tokens?: Tokens | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

export interface Member {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly viewer: Viewer;
  readonly tokens: Tokens;
}

export interface TestUsers {
  readonly database: Database;
  readonly subgraph: UsersSubgraph;
  readonly eventLog: PostgresEventLog;
  /** What the subgraph stands on. */
  readonly parts: Parts;
  /** What the subgraph has logged. */
  readonly logged: string[];
  /** Moves the subgraph's clock; the database's stays. */
  advance(ms: number): void;
  /** One request; fails when the document is none of the schema. */
  ask<Data>(viewer: Viewer | null, document: string, variables?: object): Promise<Answer<Data>>;
  /** What a query answers; fails on a top-level error. */
  read<Data>(viewer: Viewer | null, document: string, variables?: object): Promise<Data>;
  /** A mutation's payload with its users' and tokens' fields; fails on a top-level error. */
  mutate(viewer: Viewer | null, mutation: string, input: object): Promise<Payload>;
  /** Sends a mutation whose input may be none of the schema. */
  send(viewer: Viewer | null, mutation: string, input: unknown): Promise<Answer<unknown>>;
  register(username: string): Promise<Member>;
  logIn(member: Member, device?: string): Promise<{ viewer: Viewer; tokens: Tokens }>;
  /** The names of the subgraph's statements that a piece of work sends. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  /** What the shared cache holds. */
  cached(): unknown[];
  /** Empties the shared cache. */
  forgetCached(): Promise<void>;
  /** The events of a topic about an account, oldest first. */
  eventsOf(topic: string, userId: string): Promise<{ name: string; payload: Record<string, unknown> }[]>;
  stop(): Promise<void>;
}

const TOKENS = 'tokens { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }';
const USER =
  'user { id username displayName bio location website isVerified isProtected createdAt account { email role } }';
const SELECTIONS: Record<string, string> = {
  register: `${USER} ${TOKENS}`,
  logIn: `${USER} ${TOKENS}`,
  refreshSession: TOKENS,
  changeUsername: USER,
  changeEmail: USER,
  updateProfile: USER,
};

export const PASSWORD = 'correct horse battery';

export function viewerOf({ accessToken }: Tokens): Viewer {
  const { sub, sid, role } = decodeJwt(accessToken);
  return { userId: String(sub), sessionId: String(sid), role: role as Viewer['role'] };
}

function withoutErrors<Data>({ data, errors }: Answer<Data>): Data {
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

/** A cache that also tells what was ever put into it. */
function recorded(cache: EntityCache, kept: Map<string, unknown>): EntityCache {
  return {
    ...cache,
    async lookUp<Value>(keys: readonly string[]) {
      const { found, fill } = await cache.lookUp<Value>(keys);
      return {
        found,
        fill(entries: readonly (readonly [key: string, value: Value | null])[]) {
          for (const [key, value] of entries) kept.set(key, value);
          return fill(entries);
        },
      };
    },
  };
}

export interface TestOptions extends UsersOptions {
  /** Of the subgraph's own; its event log has others. */
  readonly maxConnections?: number;
}

/** The subgraph on a database, an event log and a clock of its own, with hashes that cost next to nothing. */
export async function startUsers({ maxConnections = 20, ...options }: TestOptions = {}): Promise<TestUsers> {
  const test = await createTestDatabase();
  const database = openDatabase({ url: test.url, applicationName: 'users test', maxConnections });
  const logged: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line) => void logged.push(line) });
  const eventLog = createPostgresEventLog({ url: test.url, logger });
  const snowflakes = await leaseSnowflakes({ leases: postgresWriterLeases(database), logger });
  const kept = new Map<string, unknown>();
  const memory = createHotMemory();
  const entityCache = recorded(createInProcessEntityCache({ maxEntries: 10_000, ttlMs: 60_000 }), kept);
  let ahead = 0;
  const parts: Parts = { database, eventLog, snowflakes, entityCache, memory, background: backgroundHere, logger };
  const subgraph = createUsers(parts, {
    argon2Cost: { memoryKiB: 8, passes: 1, lanes: 1 },
    now: () => new Date(Date.now() + ahead),
    ...options,
  });
  await subgraph.start();

  const ask: TestUsers['ask'] = async <Data>(viewer: Viewer | null, source: string, variables: object = {}) => {
    const document = parse(source);
    const invalid = validate(subgraph.schema, document);
    if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
    const identity: Identity = { viewer, requestId: 'test' };
    const result = await execute({
      schema: subgraph.schema,
      document,
      variableValues: { ...variables },
      contextValue: subgraph.createContext(identity),
    });
    // As a client gets it: plain JSON.
    const { data = null, errors = [] } = JSON.parse(JSON.stringify(result));
    return { data, errors } as Answer<Data>;
  };

  const send: TestUsers['send'] = (viewer, mutation, input) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) {
      payload: ${mutation}(input: $input) { ${SELECTIONS[mutation] ?? ''} userErrors { code field } }
    }`;
    return ask(viewer, document, { input });
  };

  const mutate: TestUsers['mutate'] = async (viewer, mutation, input) =>
    withoutErrors((await send(viewer, mutation, input)) as Answer<{ payload: Payload }>).payload;

  return {
    database,
    subgraph,
    eventLog,
    parts,
    logged,
    advance(ms) {
      ahead += ms;
    },
    ask,
    send,
    mutate,
    read: async (viewer, document, variables) => withoutErrors(await ask(viewer, document, variables)),
    async register(username) {
      const email = `${username.toLowerCase()}@mail.example`;
      const { tokens, userErrors } = await mutate(null, 'register', { username, email, password: PASSWORD });
      if (!tokens) throw new Error(JSON.stringify(userErrors));
      const viewer = viewerOf(tokens);
      return { id: viewer.userId, username, email, password: PASSWORD, viewer, tokens };
    },
    async logIn({ username, password }, device) {
      const { tokens, userErrors } = await mutate(null, 'logIn', { login: username, password, device });
      if (!tokens) throw new Error(JSON.stringify(userErrors));
      return { viewer: viewerOf(tokens), tokens };
    },
    async statementsOf(work) {
      const names: string[] = [];
      const stop = database.onStatement((name) => names.push(name));
      try {
        await work();
      } finally {
        stop();
      }
      return names.filter((name) => name.startsWith('users.'));
    },
    cached: () => [...kept],
    async forgetCached() {
      await entityCache.clear();
      memory.clear();
    },
    async eventsOf(topic, userId) {
      const { rows } = await database.pool.query<{ name: string; payload: Record<string, unknown> }>(
        'SELECT name, payload FROM platform.outbox WHERE topic = $1 AND key = $2 ORDER BY position',
        [topic, userId],
      );
      return rows;
    },
    async stop() {
      await subgraph.stop();
      await eventLog.stop();
      await snowflakes.stop();
      await database.close();
      await test.drop();
    },
  };
}
