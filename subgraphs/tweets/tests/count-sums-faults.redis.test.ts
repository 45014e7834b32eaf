import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, platformMigrations } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { openRedis } from '@starling/platform/redis';
import { migrations } from '@starling/tweets';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { askRedis } from '../../../engines/redis-server.ts';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { reachRedis, startTestRedis } from '../../../tests/support/redis.ts';
import { redisSums } from '../src/sums/redis-sums.ts';
import { summedWorld } from './support/summed-world.ts';

/** What is committed without waiting for the disk stays off the disk. */
const LAZY = { wal_writer_delay: '10s' };

test('TW-7: sums outlive a crash of PostgreSQL, and are not believed, though transaction numbers come again', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-sums-crash-'));
  let postgres = await startEmbeddedPostgres({ dataDirectory, settings: LAZY });
  const { url } = postgres;
  await migrate(url, [platformMigrations, migrations]);
  const server = await startTestRedis();
  const redis = await reachRedis(server.url, randomUUID());
  const sums = redisSums(redis);
  const world = await summedWorld(url);
  onTestFinished(async () => {
    await world.stop();
    await redis.close();
    await server.stop();
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  const reader = world.reader(sums);
  const folder = world.folder(sums, () => world.write());
  const fold = () => until('it is folded', async () => (await folder.fold()) === 'done');
  const inSums = async (id: string) => (await sums.read([`t${id}`]))?.sums.get(`t${id}`)?.[0];

  const tweetId = await world.post();
  await world.like(tweetId);
  await world.write();
  await world.like(tweetId, 3);
  // Seen by everybody, and not on disk.
  await world.like(tweetId, 2, async () => {}, false);
  await fold();
  expect([await inSums(tweetId), await reader.likesOf(tweetId)]).toEqual([5, 6]);

  process.kill(postgres.pid, 'SIGKILL');
  await postgres.gone;
  await postgres.stop();
  postgres = await startEmbeddedPostgres({ dataDirectory, settings: LAZY, port: Number(new URL(url).port) });

  // Takes the number of the one that is lost.
  await world.like(tweetId);
  expect(await inSums(tweetId)).toBe(5);
  const { found, truth } = await reader.read([tweetId]);
  expect([found, truth]).toEqual([{ [tweetId]: 5 }, { [tweetId]: 5 }]);
  await world.like(tweetId);
  await until('the state of the rows has a name again', async () => (await folder.fold()) === 'done');
  await world.like(tweetId);
  await fold();
  expect(await reader.likesOf(tweetId)).toBe(7);
  await folder.stop();
});

test('TW-7: a Redis that says nothing is not waited for, and counts are right without it', async () => {
  const created = await createTestDatabase();
  const server = await startTestRedis();
  const redis = await openRedis({ url: server.url, name: 'tests', namespace: randomUUID(), answerWithinMs: 100 });
  await until('Redis is reached', () => redis.checkReady().then(() => true));
  const world = await summedWorld(created.url);
  onTestFinished(async () => {
    await world.stop();
    await redis.close();
    await server.stop();
    await created.drop();
  });
  const sums = redisSums(redis);
  const reader = world.reader(sums);
  const tweetId = await world.post();
  await world.like(tweetId);
  await world.write();
  await world.like(tweetId, 2);
  await until('it is folded', async () => (await world.folder(sums).fold()) === 'done');

  await askRedis(Number(new URL(server.url).port), (client) => client.client('PAUSE', 3_600_000));
  await world.like(tweetId);
  expect(await reader.likesOf(tweetId)).toBe(4);
  expect(await world.folder(sums).fold()).toBe('away');
  expect(reader.statements).toEqual(['tweets.getCountsByTweetIds']);
  await server.kill();
  await server.recover();
  await until('sums are used again', async () => {
    await world.folder(sums).fold();
    expect(await reader.likesOf(tweetId)).toBe(4);
    return reader.summed() > 0;
  });
});
