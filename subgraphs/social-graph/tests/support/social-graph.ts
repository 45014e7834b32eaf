import { createHotMemory, type HotMemory } from '@starling/platform/cache';
import { createPostgresEventLog, eventType, makeEvent, type PostgresEventLog } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { type Kind, makeSnowflake } from '@starling/platform/snowflake';
import { execute, parse, validate } from 'graphql';
import { z } from 'zod';
import { createTestDatabase } from '../../../../tests/support/database.ts';
import { createSocialGraph, type SocialGraphOptions } from '../../src/index.ts';

export interface Answer<Data> {
  readonly data: Data;
  readonly errors: readonly { readonly message: string; readonly extensions: object }[];
}

export interface Payload {
  readonly user: unknown;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

export interface TestGraph {
  readonly database: Database;
  readonly eventLog: PostgresEventLog;
  readonly memory: HotMemory;
  /** Registers accounts as their owner does: by events. */
  register(number: number): Promise<string[]>;
  /** Protects an account, or opens it, as its owner does: by an event. */
  protect(userId: string, isProtected?: boolean): Promise<void>;
  /** One request of a viewer (null: signed out); fails when the document is none of the schema. */
  ask<Data>(viewerId: string | null, document: string, variables?: object): Promise<Answer<Data>>;
  /** A mutation's payload; fails on a top-level error. */
  mutate(viewerId: string, mutation: string, input: object, selection?: string): Promise<Payload>;
  /** Fields of accounts, as the gateway asks for them; fails on a top-level error. */
  users<Fields>(viewerId: string | null, userIds: readonly string[], selection: string): Promise<Fields[]>;
  /** All follow, block and mute events so far, oldest first, without their ids. */
  events(): Promise<{ name: string; key: string; payload: object }[]>;
  stop(): Promise<void>;
}

const accountRegistered = eventType(
  'users.account',
  'account.registered.v1',
  z.object({ userId: z.string(), username: z.string() }),
);

const profileChanged = eventType(
  'users.account',
  'account.profile-changed.v1',
  z.object({ userId: z.string(), isProtected: z.boolean() }),
);

let made = 0;

/** A new id of something that nobody has registered. */
export function newId(kind: Kind = 'user'): string {
  made += 1;
  return makeSnowflake({ ms: 1_700_000_000_000 + made, kind, writer: 1, sequence: 0 });
}

function withoutErrors<Data>({ data, errors }: Answer<Data>): Data {
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

/** The subgraph on a database and an event log of its own. */
export async function startSocialGraph(options: SocialGraphOptions = {}): Promise<TestGraph> {
  const test = await createTestDatabase();
  const database = openDatabase({ url: test.url, applicationName: 'social-graph test', maxConnections: 20 });
  const eventLog = createPostgresEventLog({ url: test.url });
  const snowflakes = { next: async (kind: Kind) => newId(kind), stop: async () => {} };
  const memory = createHotMemory();
  const subgraph = createSocialGraph({ database, eventLog, snowflakes, memory }, options);
  await subgraph.start();

  const ask: TestGraph['ask'] = async <Data>(viewerId: string | null, source: string, variables: object = {}) => {
    const document = parse(source);
    const invalid = validate(subgraph.schema, document);
    if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
    const viewer = viewerId === null ? null : { userId: viewerId, sessionId: '1', role: 'USER' as const };
    const result = await execute({
      schema: subgraph.schema,
      document,
      variableValues: { ...variables },
      contextValue: subgraph.createContext({ viewer, requestId: 'test' }),
    });
    // As a client gets it: plain JSON.
    const { data = null, errors = [] } = JSON.parse(JSON.stringify(result));
    return { data, errors } as Answer<Data>;
  };

  return {
    database,
    eventLog,
    memory,
    ask,
    async register(number) {
      const ids = Array.from({ length: number }, () => newId());
      const events = ids.map((userId) => makeEvent(accountRegistered, userId, { userId, username: `u${userId}` }));
      await database.transaction((transaction) => eventLog.append(transaction, events));
      return ids;
    },
    async protect(userId, isProtected = true) {
      const event = makeEvent(profileChanged, userId, { userId, isProtected });
      await database.transaction((transaction) => eventLog.append(transaction, [event]));
    },
    async mutate(viewerId, mutation, input, selection = 'id') {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) {
        payload: ${mutation}(input: $input) { user { ${selection} } userErrors { code field } }
      }`;
      return withoutErrors(await ask<{ payload: Payload }>(viewerId, document, { input })).payload;
    },
    async users<Fields>(viewerId: string | null, userIds: readonly string[], selection: string) {
      const document = `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on User { ${selection} } }
      }`;
      const representations = userIds.map((id) => ({ __typename: 'User', id }));
      return withoutErrors(await ask<{ _entities: Fields[] }>(viewerId, document, { representations }))._entities;
    },
    async events() {
      const { rows } = await database.pool.query<{ name: string; key: string; payload: object }>(
        `SELECT name, key, payload FROM platform.outbox WHERE topic LIKE 'social-graph.%' ORDER BY position`,
      );
      return rows;
    },
    async stop() {
      await subgraph.stop();
      await eventLog.stop();
      await database.close();
      await test.drop();
    },
  };
}
