import { EventEmitter, on } from 'node:events';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GatewayOptions } from '@starling/gateway';
import type { Consumer, EventLog } from '@starling/platform/event-log';
import { badUserInput, DateTime, requireViewer, type Subgraph } from '@starling/platform/graphql';
import type { Identity } from '@starling/platform/identity';
import { parse } from 'graphql';
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import pino from 'pino';

export const secret = 'a secret of more than thirty-two characters';
export const silent = pino({ level: 'silent' });

const LINK = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  scalar DateTime
`;

const PEOPLE = `${LINK}
  type Query { viewer: Person person(id: ID!): Person secret: String! }
  type Mutation { rename(to: String!): Person }
  type Person @key(fields: "id") { id: ID! name: String friends: [Person!] }
`;

const NOTES = `${LINK}
  type Query { notes(first: Int): [Note!] faulty: String picky(input: Picky!): String since(at: DateTime!): String slow: String }
  input Picky { id: ID! }
  type Subscription { noteAdded(prefix: String): Note }
  type Note { id: ID! text: String! author: Person }
  type Person @key(fields: "id") { id: ID! noteCount: Int }
`;

interface Context {
  readonly viewer: Identity['viewer'];
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly author: { readonly __typename: 'Person'; readonly id: string };
}

export function note(id: string, authorId: string, text = `note ${id}`): Note {
  return { id, text, author: { __typename: 'Person', id: authorId } };
}

/** Two subgraphs that share `Person`, what they were asked, and a way to add notes. */
export function createFixture() {
  const names = new Map([
    ['1', 'Ada'],
    ['2', 'Bo'],
  ]);
  const bus = new EventEmitter().setMaxListeners(0);
  const identities: Identity[] = [];
  const person = (id: string) => (names.has(id) ? { id, name: names.get(id) } : null);
  let endings = 0;
  let release = (_answer: string): void => {};
  const slow = new Promise<string>((resolve) => {
    release = resolve;
  });

  const subgraph = (name: string, typeDefs: string, resolvers: object): Subgraph => ({
    name,
    schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never }),
    createContext(identity): Context {
      identities.push(identity);
      return { viewer: identity.viewer };
    },
    start: async () => {},
    stop: async () => {},
  });

  const people = subgraph('people', PEOPLE, {
    DateTime,
    Query: {
      viewer: (_root: unknown, _args: unknown, { viewer }: Context) => (viewer ? person(viewer.userId) : null),
      person: (_root: unknown, { id }: { id: string }) => person(id),
      secret: (_root: unknown, _args: unknown, context: Context) => `of ${requireViewer(context).userId}`,
    },
    Mutation: {
      rename(_root: unknown, { to }: { to: string }, context: Context) {
        const { userId } = requireViewer(context);
        names.set(userId, to);
        return person(userId);
      },
    },
    Person: {
      __resolveReference: ({ id }: { id: string }) => person(id),
      friends: () => [...names.keys()].map(person),
    },
  });

  const notes = subgraph('notes', NOTES, {
    DateTime,
    Query: {
      notes: (_root: unknown, { first }: { first?: number }) =>
        Array.from({ length: first ?? 2 }, (_, at) => note(String(at), String((at % 2) + 1))),
      faulty: () => {
        throw new Error('password=hunter2');
      },
      picky: () => {
        throw badUserInput('input.id', 'That is no id.');
      },
      slow: () => slow,
      since: (_root: unknown, { at }: { at: Date }) => at.toISOString(),
    },
    Person: { noteCount: () => 7 },
    Subscription: {
      noteAdded: {
        subscribe(_root: unknown, _args: unknown, context: Context) {
          requireViewer(context);
          const stop = new AbortController();
          const events = on(bus, 'note', { signal: stop.signal });
          return {
            async next() {
              const result = await events.next().catch(() => ({ done: true, value: undefined }) as const);
              return result.done ? result : { done: false, value: { noteAdded: result.value[0] } };
            },
            async return() {
              endings++;
              stop.abort();
              return { done: true, value: undefined };
            },
            [Symbol.asyncIterator]() {
              return this;
            },
          };
        },
      },
    },
  });

  const { supergraphSdl, errors } = composeServices([
    { name: 'people', url: 'http://people', typeDefs: parse(PEOPLE) },
    { name: 'notes', url: 'http://notes', typeDefs: parse(NOTES) },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return {
    people,
    notes,
    supergraphSdl,
    /** Whom the subgraphs' contexts were made for, in order. */
    identities,
    addNote: (added: Note) => bus.emit('note', added),
    /** Answers the field `slow`, for everybody who has asked and will ask. */
    release: (answer: string) => release(answer),
    subscribers: () => bus.listenerCount('note'),
    endings: () => endings,
  };
}

export type Fixture = ReturnType<typeof createFixture>;
export type Tokens = Awaited<ReturnType<typeof createTokens>>;

/** How a gateway is started that has both subgraphs in its process and takes these tokens. */
export function gatewayOf({ people, notes, supergraphSdl }: Fixture, { keySet }: Pick<Tokens, 'keySet'>) {
  return {
    host: '127.0.0.1',
    port: 0,
    subgraphs: [people, notes],
    supergraphSdl,
    keySet: async () => keySet,
    logger: silent,
  } satisfies GatewayOptions;
}

/** Signing keys and tokens as the users subgraph makes them. */
export async function createTokens(kid = 'key-1') {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const keySet: JSONWebKeySet = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] };
  const now = () => Math.floor(Date.now() / 1_000);
  return {
    keySet,
    sign(
      claims: object = {},
      { typ = 'at+jwt', audience = 'starling', issuer = 'starling', lifetime = 600, age = 0 } = {},
    ) {
      return new SignJWT({ sub: '1', sid: '10', role: 'USER', ...claims })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now() - age)
        .setExpirationTime(now() - age + lifetime)
        .sign(privateKey);
    },
  };
}

/** An event log that delivers what the test says, when it says so. */
export function createScriptedLog() {
  const consumers: Consumer[] = [];
  const asked: string[] = [];
  const eventLog: EventLog = {
    attention: 'all',
    append: () => Promise.reject(new Error('The gateway publishes nothing.')),
    commit: () => Promise.reject(new Error('The gateway publishes nothing.')),
    commitChecked: () => Promise.reject(new Error('The gateway publishes nothing.')),
    async consume(consumer) {
      consumers.push(consumer);
      return {
        caughtUp: async () => void asked.push(consumer.group),
        isCaughtUp: () => false,
        stop: async () => void consumers.splice(consumers.indexOf(consumer), 1),
      };
    },
    processAll: async () => {},
    stop: async () => {},
  };
  return {
    eventLog,
    consumers,
    /** Who was asked to catch up. */
    asked,
    async revoke(sessionId: string) {
      const payload = { userId: '1', sessionId, reason: 'REVOKED' };
      const event = {
        id: 'e',
        topic: 'users.session',
        name: 'session.revoked.v1',
        key: '1',
        payload,
        occurredAt: new Date(),
      };
      for (const consumer of consumers) await consumer.handle([event]);
    },
  };
}
