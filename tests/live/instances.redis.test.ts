import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, statement } from '@starling/platform/postgres';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { createClient as createWsClient, type Client as WsClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../../engines/processes.ts';
import { build } from '../../scripts/build.mjs';
import { createClient, type Person } from '../contract/people.ts';
import { openLiveClient } from '../support/live-client.ts';
import { startTestProcess, type TestProcess } from '../support/process.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { send } from '../support/send.ts';

const UPDATES = `subscription ($after: String) { homeTimelineUpdates(after: $after) {
  ... on TweetAdded { cursor tweet { id text author { username } } }
  ... on TweetRemoved { cursor tweetId }
  ... on StreamGap { cursor reason } } }`;

interface Update {
  readonly cursor: string;
  readonly tweet?: { readonly id: string; readonly text: string } | null;
  readonly reason?: string;
}

/** A reader as an app has one: the library reconnects, and the app says where it had come to. */
class Reader {
  readonly received: string[] = [];
  readonly closes: number[] = [];
  readonly #client: WsClient;

  constructor(gateway: string, token: string) {
    this.#client = createWsClient({
      url: `${gateway.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      // Of itself the library tries again after a connection that was closed, and not after one that nobody answered. For
      // one that is forbidden this reader has no other token.
      shouldRetry: (event) => (event as { code?: number }).code !== 4403,
      on: { closed: (event) => this.closes.push((event as { code: number }).code) },
    });
    const variables: { after: string | null } = { after: null };
    this.#client.subscribe<{ homeTimelineUpdates: Update }>(
      { query: UPDATES, variables },
      {
        next: ({ data, errors }) => {
          const update = data?.homeTimelineUpdates;
          if (update) variables.after = update.cursor;
          this.received.push(update?.tweet?.text ?? update?.reason ?? JSON.stringify(errors ?? update));
        },
        error: (error) => this.received.push(`error ${(error as { code?: number }).code ?? String(error)}`),
        complete: () => {},
      },
    );
  }

  async until(last: string): Promise<string[]> {
    await until(`"${last}" has arrived`, async () => this.received.includes(last), { withinMs: 60_000 }).catch(
      (error) => {
        throw new Error(`${String(error)} Received: ${this.received.join(' | ')}`);
      },
    );
    return this.received;
  }

  close(): void {
    void this.#client.dispose();
  }
}

describe('several gateways and timelines', () => {
  let directory: string;
  let postgres: EmbeddedPostgres;
  let redis: TestRedis;
  const processes: TestProcess[] = [];
  let timelines: TestProcess[];
  let gateways: TestProcess[];
  let readers: Reader[] = [];
  let author: Person;
  let follower: Person;
  let posts = 0;

  beforeAll(async () => {
    build();
    directory = await mkdtemp(join(tmpdir(), 'starling-live-'));
    // What is committed without a wait for the disk stays in memory for long: a crash takes it back.
    const settings = { wal_writer_delay: '10s', wal_writer_flush_after: '0', shared_buffers: '64MB' };
    [postgres, redis] = await Promise.all([
      startEmbeddedPostgres({ dataDirectory: directory, settings }),
      startTestRedis(),
    ]);
    const shared = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      IDENTITY_SECRET: 'a secret that only this test run knows',
    };
    const start = async (folder: string, environment = {}) => {
      const started = await startTestProcess(folder, { ...shared, ...environment });
      processes.push(started);
      return started;
    };
    const subgraph = (name: string) => start(`subgraphs/${name}`);
    const users = await subgraph('users');
    const [tweets, socialGraph, notifications] = await Promise.all([
      subgraph('tweets'),
      subgraph('social-graph'),
      subgraph('notifications'),
    ]);
    timelines = await Promise.all([subgraph('timeline'), subgraph('timeline')]);
    gateways = await Promise.all(
      timelines.map((timeline) =>
        start('gateway', {
          USERS_URL: users.url,
          TWEETS_URL: tweets.url,
          SOCIAL_GRAPH_URL: socialGraph.url,
          TIMELINE_URL: timeline.url,
          NOTIFICATIONS_URL: notifications.url,
        }),
      ),
    );
    const door = doorOf(0);
    author = await door.register('author');
    follower = await door.register('follow');
    await follow(follower, author);
  });

  afterEach(() => {
    for (const reader of readers) reader.close();
    readers = [];
  });

  afterAll(async () => {
    for (const each of processes.reverse()) await each.stop();
    await redis?.stop();
    await postgres?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const urlOf = (gateway: number) => gateways[gateway]?.url ?? '';
  const doorOf = (gateway: number) =>
    createClient({
      graphql: (document, variables, token) => send(urlOf(gateway), document, variables, token),
      live: (token) => openLiveClient(`${urlOf(gateway).replace(/^http/, 'ws')}/graphql`, token),
      stop: async () => {},
    });

  async function follow(who: Person, whom: Person): Promise<void> {
    const mutation = 'mutation ($id: ID!) { followUser(input: { userId: $id }) { userErrors { message } } }';
    const { data } = await send(urlOf(0), mutation, { id: whom.id }, who.accessToken);
    expect(data).toEqual({ followUser: { userErrors: [] } });
  }

  /** Posts through one gateway, again until it is acknowledged, and answers the text. */
  async function post(gateway: number): Promise<string> {
    const text = `post ${++posts}`;
    const mutation = 'mutation ($text: String!) { postTweet(input: { text: $text }) { tweet { id } } }';
    const { data, errors } = await send<{ postTweet: { tweet: { id: string } | null } }>(
      urlOf(gateway),
      mutation,
      { text },
      author.accessToken,
    );
    expect(errors).toBeUndefined();
    expect(data?.postTweet.tweet).not.toBeNull();
    return text;
  }

  /** Someone who reads at a gateway, and has heard a first post there. */
  async function read(gateway: number, token = follower.accessToken): Promise<Reader> {
    const reader = new Reader(urlOf(gateway), token);
    readers.push(reader);
    // It stands once it hears something.
    await until('the reader hears', async () => {
      await post(gateway);
      return reader.received.length > 0;
    });
    return reader;
  }

  /** Both readers, and what both have heard last. */
  async function readBoth(): Promise<readonly [Reader, Reader]> {
    const both = [await read(0), await read(1)] as const;
    const last = await post(0);
    for (const reader of both) {
      await reader.until(last);
      reader.received.length = 0;
    }
    return both;
  }

  it('tell everybody everything, once and in order, wherever it was posted', async () => {
    const both = await readBoth();
    const texts: string[] = [];
    for (let count = 0; count < 20; count++) texts.push(await post(count % 2));
    for (const reader of both) expect(await reader.until(texts.at(-1) ?? '')).toEqual(texts);
  });

  it('end the streams of a session that ends at any of them, and refuse it, also after a restart', async () => {
    const client = doorOf(0);
    const person = await client.register('leaves');
    await follow(person, author);
    const [here, there] = [await read(0, person.accessToken), await read(1, person.accessToken)];
    const sessions = '{ sessions { id isCurrent } }';
    const { data } = await send<{ sessions: { id: string }[] }>(urlOf(0), sessions, {}, person.accessToken);
    const revoke = 'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { userErrors { message } } }';
    const revoked = await send(urlOf(0), revoke, { id: data?.sessions[0]?.id }, person.accessToken);
    expect(revoked.errors).toBeUndefined();
    const began = performance.now();
    await until('both sockets are closed', async () => here.closes.length > 0 && there.closes.length > 0);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect([here.closes[0], there.closes[0]]).toEqual([4403, 4403]);

    const refused = async () => {
      const answer = await send(urlOf(1), '{ viewer { id } }', {}, person.accessToken);
      return answer.errors?.[0]?.extensions?.code;
    };
    expect(await refused()).toBe('UNAUTHENTICATED');
    await gateways[1]?.kill();
    await gateways[1]?.recover();
    expect(await refused()).toBe('UNAUTHENTICATED');
    const again = new Reader(urlOf(1), person.accessToken);
    readers.push(again);
    await until('it is refused', async () => again.closes[0] === 4403);
  });

  it('go on with all of a stream when a timeline dies, without the client noticing', async () => {
    const both = await readBoth();
    const texts = [await post(0)];
    await both[0].until(texts[0] ?? '');
    await timelines[0]?.kill();
    for (let count = 0; count < 5; count++) texts.push(await post(count % 2));
    await timelines[0]?.recover();
    for (let count = 0; count < 5; count++) texts.push(await post(count % 2));
    for (const reader of both) {
      expect(await reader.until(texts.at(-1) ?? '')).toEqual(texts);
      expect(reader.closes).toEqual([]);
    }
  });

  it('go on with all of a stream when a gateway dies and the client comes back', async () => {
    const both = await readBoth();
    const texts = [await post(0)];
    await both[0].until(texts[0] ?? '');
    await gateways[0]?.kill();
    for (let count = 0; count < 5; count++) texts.push(await post(1));
    await gateways[0]?.recover();
    for (let count = 0; count < 5; count++) texts.push(await post(count % 2));
    for (const reader of both) expect(await reader.until(texts.at(-1) ?? '')).toEqual(texts);
  });

  it('go on with all of a stream when Redis dies and comes back', async () => {
    const both = await readBoth();
    const texts = [await post(0)];
    await redis.kill();
    for (let count = 0; count < 5; count++) texts.push(await post(count % 2));
    await redis.recover();
    for (let count = 0; count < 5; count++) texts.push(await post(count % 2));
    for (const reader of both) expect(await reader.until(texts.at(-1) ?? '')).toEqual(texts);
  });

  it('go on with all of a stream when PostgreSQL crashes, and takes back what was not on disk yet', async () => {
    const both = await readBoth();
    const database = openDatabase({ url: postgres.url, applicationName: 'live tests', onError: () => {} });
    const texts: string[] = [];
    for (let crash = 0; crash < 3; crash++) {
      for (let count = 0; count < 4; count++) texts.push(await post(count % 2));
      for (const reader of both) await reader.until(texts.at(-1) ?? '');
      // One of its processes killed: it ends all others and recovers from its log.
      const [mine] = await database.query<{ pid: number }>(
        statement('tests.backend', 'select pg_backend_pid() as pid'),
      );
      if (!mine) throw new Error('PostgreSQL has not told which process of it answers.');
      process.kill(mine.pid, 'SIGKILL');
      await until('it is back', async () => (await database.query(statement('tests.one', 'select 1'))).length === 1);
      const first = `post ${++posts}`;
      await until('posts are taken again', async () => {
        const mutation = 'mutation ($text: String!) { postTweet(input: { text: $text }) { tweet { id } } }';
        const { data } = await send<{ postTweet: { tweet: object | null } | null }>(
          urlOf(0),
          mutation,
          { text: first },
          author.accessToken,
        );
        return Boolean(data?.postTweet?.tweet);
      });
      texts.push(first);
    }
    for (const reader of both) expect(await reader.until(texts.at(-1) ?? '')).toEqual(texts);
    await database.close();
  });
});
