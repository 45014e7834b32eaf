import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { redis } from '../../engines/redis.ts';
import { askRedis, REDIS } from '../../engines/redis-server.ts';
import { runningEngines } from '../../engines/running.ts';
import { ownFolder } from './own-folder.ts';

const root = ownFolder('redis');

const portOf = (urls: Readonly<Record<string, string>>) => Number(new URL(urls.REDIS_URL ?? '').port);

test('an engine is started once, listed, and stopped by its processes', async () => {
  const running = runningEngines(root());
  expect(running.list()).toEqual([]);
  const urls = await running.up(redis);
  expect(await askRedis(portOf(urls), (asked) => asked.ping())).toBe('PONG');
  expect(await running.up(redis)).toEqual(urls);
  expect(running.list()).toMatchObject([{ name: 'redis', alive: true, urls }]);
  expect(await running.down('redis')).toBe(true);
  await expect(askRedis(portOf(urls), (asked) => asked.ping())).rejects.toThrow();
  expect(running.list()).toEqual([]);
  expect(await running.down('redis')).toBe(false);
});

test('the tests run on no older Redis than docker-compose.yml starts', async () => {
  const urls = await runningEngines(root()).up(redis);
  const info = await askRedis(portOf(urls), (asked) => asked.info('server'));
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? '';
  expect(version.localeCompare(REDIS, 'en', { numeric: true }), version).toBeGreaterThanOrEqual(0);
});

test('a process that has the number of one that was started, and is another, is left alone', async () => {
  const running = runningEngines(root());
  const urls = await running.up(redis);
  const file = join(root(), 'redis.json');
  const written = await readFile(file, 'utf8');
  await writeFile(
    file,
    JSON.stringify({ urls: {}, processes: [{ pid: process.pid, identity: 'of another boot' }], endWith: 'SIGTERM' }),
  );
  expect(running.list()).toMatchObject([{ name: 'redis', alive: false }]);
  await writeFile(file, written);
  expect(running.list()).toMatchObject([{ name: 'redis', alive: true, urls }]);
});

test('what is missing is said, and nothing is started', async () => {
  const running = runningEngines(root());
  await expect(running.up({ ...redis, missing: () => 'apt-get install -y it' })).rejects.toThrow('apt-get install');
  expect(running.list()).toEqual([]);
});
