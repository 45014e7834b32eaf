import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '@starling/platform/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { reachRedis, redisShapes, type TestRedis } from '../../../tests/support/redis.ts';
import { type InProcessActivity, inProcessActivity } from '../src/abuse/in-process.ts';
import { redisActivity } from '../src/abuse/redis.ts';
import type { Judgement } from '../src/abuse/verdict.ts';
import { limit, postAt, recentActivityContract } from './recent-activity.contract.ts';

const REMEMBERED = { posts: 10, ms: 60_000 };

describe.each(redisShapes)('%s', (shape, start) => {
  let server: TestRedis;
  const connections: RedisConnection[] = [];
  const connect = async () => {
    const connection = await reachRedis(server.url, randomUUID());
    connections.push(connection);
    return connection;
  };
  let redis: RedisConnection;

  beforeAll(async () => {
    server = await start();
    redis = await connect();
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
    await server?.stop();
  });

  recentActivityContract(shape, (remembered) => redisActivity({ redis, remembered }));

  test('processes share it, and of posts at the same moment no more are accepted than the limit', async () => {
    const other = Object.create(await connect(), { namespace: { value: redis.namespace } }) as RedisConnection;
    let judgedWithout = 0;
    const local = inProcessActivity(REMEMBERED);
    const counted: InProcessActivity = {
      ...local,
      judge(...post) {
        judgedWithout++;
        return local.judge(...post);
      },
    };
    const processes = [redis, other].map((connection) =>
      redisActivity({ redis: connection, remembered: REMEMBERED, local: counted }),
    );
    const rule = limit('posts', 5);
    let judgements: (Judgement | undefined)[] = [];
    // On a busy machine a node that is asked for the first time may be late, and counts as away.
    await until('Redis has judged all of them', async () => {
      judgedWithout = 0;
      const author = randomUUID();
      const all = Array.from({ length: 30 }, (_, turn) => processes[turn % 2]?.judge(author, postAt(1), [rule]));
      judgements = await Promise.all(all);
      return judgedWithout === 0;
    });
    expect(judgements.filter((judgement) => judgement === 'accepted')).toHaveLength(5);
  });

  test('it is forgotten by itself', async () => {
    const activity = redisActivity({ redis, remembered: { posts: 10, ms: 50 } });
    const author = randomUUID();
    const rule = limit('posts', 1);
    await activity.judge(author, postAt(1), [rule]);
    await until('the key has expired', async () => (await activity.judge(author, postAt(2), [rule])) === 'accepted');
  });

  test('while it is away posts are judged by what this process has seen, and it is used again when it is back', async () => {
    const activity = redisActivity({ redis, remembered: REMEMBERED });
    // On every node of a Cluster there are some.
    const authors = Array.from({ length: 12 }, () => randomUUID());
    const rule = limit('posts', 2, 60_000);
    const all = (ms: number) => Promise.all(authors.map((author) => activity.judge(author, postAt(ms), [rule])));
    expect(await all(1)).toEqual(authors.map(() => 'accepted'));
    await server.kill();
    expect(await all(2)).toEqual(authors.map(() => 'accepted'));
    expect(await all(3)).toEqual(authors.map(() => ({ rule, retryAt: expect.any(Number) })));
    for (const author of authors) await activity.withdraw(author, postAt(4));
    await server.recover();
    const elsewhere = redisActivity({ redis, remembered: REMEMBERED });
    await until('Redis judges again', async () => {
      const author = randomUUID();
      await activity.judge(author, postAt(5), [limit('posts', 1)]);
      return (await elsewhere.judge(author, postAt(6), [limit('posts', 1)])) !== 'accepted';
    });
  });
});
