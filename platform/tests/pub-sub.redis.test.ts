import { randomUUID } from 'node:crypto';
import { createRedisPubSub, type PubSub } from '@starling/platform/pub-sub';
import { RedisAwayError, type RedisConnection } from '@starling/platform/redis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../../engines/processes.ts';
import { reachRedis, redisShapes, type TestRedis } from '../../tests/support/redis.ts';
import { pubSubContract } from './pub-sub.contract.ts';

// Servers are killed, replaced and started again.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.each(redisShapes)('%s', (shape, start) => {
  let server: TestRedis;
  let redis: RedisConnection;

  beforeAll(async () => {
    server = await start();
    redis = await reachRedis(server.url);
  });

  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });

  const named = (namespace: string): RedisConnection => Object.create(redis, { namespace: { value: namespace } });
  const two = (): readonly [PubSub, PubSub] => {
    const connection = named(randomUUID());
    return [createRedisPubSub({ redis: connection }), createRedisPubSub({ redis: connection })];
  };

  pubSubContract(shape, { async prepare() {}, open: two, async close() {} });

  test('products that share a Redis do not hear each other', async () => {
    const [one, other] = [createRedisPubSub({ redis: named('one') }), createRedisPubSub({ redis: named('other') })];
    const heard: unknown[] = [];
    await one.subscribe('c', (message) => heard.push(['one', message]));
    await other.subscribe('c', (message) => heard.push(['other', message]));
    await other.publish('c', 1);
    await one.publish('c', 2);
    await until('both have been heard', async () => heard.length === 2);
    expect(heard).toEqual(
      expect.arrayContaining([
        ['other', 1],
        ['one', 2],
      ]),
    );
    await Promise.all([one.stop(), other.stop()]);
  });

  test('more than may be on its way at once is refused', async () => {
    const [here, there] = two();
    const large = 'x'.repeat(900_000);
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => here.publish('c', large)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(RedisAwayError);
    await until('there is room again', () => here.publish('c', 'small').then(() => true));
    await Promise.all([here.stop(), there.stop()]);
  });

  test('a server that dies is a gap for everybody who listened to it; afterwards messages arrive, in order', async () => {
    const [here, there] = two();
    const channels = Array.from({ length: 24 }, (_, index) => `c${index}`);
    const heard = new Map(channels.map((channel) => [channel, [] as number[]]));
    const gaps = new Map(channels.map((channel) => [channel, 0]));
    for (const channel of channels) {
      await there.subscribe(
        channel,
        (message) => heard.get(channel)?.push(message as number),
        () => gaps.set(channel, (gaps.get(channel) ?? 0) + 1),
      );
    }
    const published = new Map(channels.map((channel) => [channel, [] as number[]]));
    const publishAll = (message: number) =>
      Promise.all(
        channels.map(async (channel) => {
          await here.publish(channel, message).then(
            () => published.get(channel)?.push(message),
            (error) => expect(error).toBeInstanceOf(RedisAwayError),
          );
        }),
      );
    await publishAll(0);
    await until('all have heard', async () => [...heard.values()].every((messages) => messages.includes(0)));

    await server.kill();
    // A Cluster puts a replica in its place; one Redis is away until it comes back.
    if (shape === 'one Redis') await server.recover();
    let number = 0;
    const everybodyHears = async () => {
      await publishAll(++number);
      return [...heard.values()].every((messages) => messages.includes(number));
    };
    await until('everybody hears again', everybodyHears);
    await server.recover();
    await until('everybody hears when all servers are back', everybodyHears);
    for (const channel of channels) {
      const messages = heard.get(channel) ?? [];
      expect(messages).toEqual([...new Set(messages)].sort((a, b) => a - b));
      // What was published and not heard was told of.
      const missed = (published.get(channel) ?? []).filter((message) => !messages.includes(message));
      if (missed.length > 0) expect(gaps.get(channel)).toBeGreaterThan(0);
    }
    expect([...gaps.values()].some(Boolean)).toBe(true);
    if (shape === 'one Redis') expect([...gaps.values()].every(Boolean)).toBe(true);
    await Promise.all([here.stop(), there.stop()]);
  });
});
