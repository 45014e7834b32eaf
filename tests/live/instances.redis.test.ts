import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../engines/processes.ts';
import type { Person } from '../contract/people.ts';
import type { TestProcess } from '../support/process.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { send } from '../support/send.ts';
import { type Instances, startInstances } from './instances.ts';
import { homeOf, Reader } from './reader.ts';

describe('several gateways and timelines', () => {
  let redis: TestRedis;
  let instances: Instances;
  let timelines: readonly TestProcess[];
  let gateways: readonly TestProcess[];
  let readers: Reader[] = [];
  let author: Person;
  let follower: Person;
  let posts = 0;

  beforeAll(async () => {
    redis = await startTestRedis();
    instances = await startInstances({ REDIS_URL: redis.url });
    gateways = instances.gateways;
    timelines = instances.subgraphs.timeline;
    const door = instances.doorOf(0);
    author = await door.register('author');
    follower = await door.register('follow');
    await follow(follower, author);
  });

  afterEach(() => {
    for (const reader of readers) reader.leave();
    readers = [];
  });

  afterAll(async () => {
    await instances?.stop();
    await redis?.stop();
  });

  const urlOf = (gateway: number) => instances.urlOf(gateway);

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
    const reader = new Reader(urlOf(gateway), token, homeOf());
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

  /** Ends the session of someone who reads at both gateways; answers in how many milliseconds both streams had ended. */
  async function endSession({ accessToken }: { readonly accessToken: string }): Promise<number> {
    const readsAt = [await read(0, accessToken), await read(1, accessToken)];
    const sessions = '{ sessions { id isCurrent } }';
    const { data } = await send<{ sessions: { id: string }[] }>(urlOf(0), sessions, {}, accessToken);
    const revoke = 'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { userErrors { message } } }';
    const revoked = await send(urlOf(0), revoke, { id: data?.sessions[0]?.id }, accessToken);
    expect(revoked.errors).toBeUndefined();
    const began = performance.now();
    await until('both sockets are closed', async () => readsAt.every(({ closes }) => closes.length > 0));
    const took = performance.now() - began;
    expect(readsAt.map(({ closes }) => closes[0])).toEqual([4403, 4403]);
    return took;
  }

  it('end the streams of a session within a second of its end', async () => {
    const took: number[] = [];
    for (const name of ['early', 'later', 'last']) {
      const person = await instances.doorOf(0).register(name);
      await follow(person, author);
      took.push(await endSession(person));
    }
    // The machine may stand still for longer than that at any moment, though hardly at each of the three.
    expect(Math.min(...took)).toBeLessThan(1_000);
  });

  it('end the streams of a session that ends at any of them, and refuse it, also after a restart', async () => {
    const person = await instances.doorOf(0).register('leaves');
    await follow(person, author);
    await endSession(person);

    const refused = async () => {
      const answer = await send(urlOf(1), '{ viewer { id } }', {}, person.accessToken);
      return answer.errors?.[0]?.extensions?.code;
    };
    expect(await refused()).toBe('UNAUTHENTICATED');
    await gateways[1]?.kill();
    await gateways[1]?.recover();
    expect(await refused()).toBe('UNAUTHENTICATED');
    const again = new Reader(urlOf(1), person.accessToken, homeOf());
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
    const texts: string[] = [];
    for (let crash = 0; crash < 3; crash++) {
      for (let count = 0; count < 4; count++) texts.push(await post(count % 2));
      for (const reader of both) await reader.until(texts.at(-1) ?? '');
      await instances.crashPostgres();
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
  });
});
