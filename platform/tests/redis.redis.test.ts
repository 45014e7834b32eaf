import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@starling/platform/postgres/embedded';
import { openRedis, RedisScriptError, RedisUrlError, script } from '@starling/platform/redis';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort, until } from '../../engines/processes.ts';
import { startRedisCluster } from '../../engines/redis-cluster.ts';
import { askRedis, spawnRedis } from '../../engines/redis-server.ts';
import { startTestCluster, startTestRedis } from '../../tests/support/redis.ts';

vi.setConfig({ testTimeout: 60_000 });

const stops: (() => Promise<unknown>)[] = [];
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'starling-redis-'));
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await rm(directory, { recursive: true, force: true });
});

/** A program that asks the Redis at a port something, and ends when it is answered. */
const ASK_ONCE = `
  const socket = require('node:net').connect(process.argv[1], '127.0.0.1', () => socket.write('PING\\r\\n'));
  socket.once('data', () => process.exit());
`;

/** A way to the server at a port, on which what is connected may fall silent for good while others still get through. */
async function openWay(port: number) {
  const ends: Socket[] = [];
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    for (const end of [from, to]) ends.push(end.on('error', () => {}));
    from.pipe(to).pipe(from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goSilent() {
      for (const end of ends) end.unpipe().pause();
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const end of ends) end.destroy();
        server.close(() => resolve());
      }),
  };
}

const later = (stop: () => Promise<unknown>) => void stops.push(stop);

describe('a connection', () => {
  test('that is refused says which variable to mend, without the password', async () => {
    const port = await freePort();
    const { pid } = spawnRedis(directory, port, ['--requirepass', 'right']);
    later(async () => {
      process.kill(pid, 'SIGKILL');
      await until('Redis has ended', async () => !isAlive(pid));
    });
    await until(
      'Redis answers',
      async () => (await askRedis(port, (redis) => redis.ping(), { password: 'right' })) === 'PONG',
    );
    for (const user of ['', ':wrong@', 'nobody:wrong@']) {
      const refused = await openRedis({ url: `redis://${user}127.0.0.1:${port}`, name: 'test', namespace: 'n' }).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(RedisUrlError);
      expect((refused as Error).message).toMatch(/^Redis at REDIS_URL .*Correct the user and password in REDIS_URL\.$/);
      expect((refused as Error).message).not.toContain('wrong@');
    }
    const redis = await openRedis({ url: `redis://:right@127.0.0.1:${port}`, name: 'test', namespace: 'n' });
    later(() => redis.close());
    await until('Redis is reached', () => redis.checkReady().then(() => true));
    expect(await redis.get('k')).toBe(null);
  });

  test('to a server that is too old says so, and which variable to mend', async () => {
    const info = 'redis_version:6.2.14\r\ncluster_enabled:0\r\n';
    const answer = (command: string) =>
      command.toLowerCase() === 'info' ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n';
    const old = createServer((socket) =>
      socket.on('data', (asked) => {
        for (const [, command = ''] of String(asked).matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gm))
          socket.write(answer(command));
      }),
    );
    await new Promise<void>((listening) => old.listen(0, '127.0.0.1', listening));
    later(async () => void old.close());
    const url = `redis://:secret@127.0.0.1:${(old.address() as AddressInfo).port}`;
    const refused = await openRedis({ url, name: 'test', namespace: 'n' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RedisUrlError);
    expect((refused as Error).message).toMatch(
      /^Redis at REDIS_URL .*is version 6\.2\.14; version 7 or newer is needed/,
    );
    expect((refused as Error).message).not.toContain('secret');
  });

  test('tells a script that is wrong from a Redis that is away', async () => {
    const server = await startTestRedis();
    later(() => server.stop());
    const lines: { level: number; msg: string }[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const redis = await openRedis({ url: server.url, name: 'test', namespace: 'n', logger });
    later(() => redis.close());
    await until('Redis is reached', () => redis.checkReady().then(() => true));
    for (const lua of ["return redis.call('NOSUCH')", 'return nothing.at.all', "return redis.call('GET')"]) {
      await expect(redis.run(script(lua), ['k'], [])).rejects.toBeInstanceOf(RedisScriptError);
    }
    expect(lines).toHaveLength(3);
    expect(lines.every(({ level, msg }) => level === 50 && msg.includes('a fault of ours'))).toBe(true);
    // Nobody has to wait for it, as for one that is away.
    expect(await redis.run(script('return 1'), ['k'], [])).toBe(1);
    expect(redis.losses).toBe(0);
  });

  test('that is asked by a process that was busy meanwhile has answered in time', async () => {
    const server = await startTestRedis();
    later(() => server.stop());
    const redis = await openRedis({ url: server.url, name: 'test', namespace: 'n', answerWithinMs: 500 });
    later(() => redis.close());
    await until('Redis is reached', () => redis.checkReady().then(() => true));
    // Timers that are due come after this, and only then what was received: Redis answers a question that came later by then.
    const answer = await new Promise((answered) => {
      setImmediate(() => {
        answered(redis.get('k'));
        const busyUntil = performance.now() + 600;
        execFileSync(process.execPath, ['-e', ASK_ONCE, new URL(server.url).port]);
        while (performance.now() < busyUntil);
      });
    });
    expect(answer).toBe(null);
  });

  test('that goes silent without a word is made anew, and counts as a loss', async () => {
    const server = await startTestRedis();
    later(() => server.stop());
    const way = await openWay(Number(new URL(server.url).port));
    later(() => way.close());
    const redis = await openRedis({ url: way.url, name: 'test', namespace: 'n', answerWithinMs: 100 });
    later(() => redis.close());
    await until('Redis is reached', () => redis.checkReady().then(() => true));
    const { losses } = redis;
    way.goSilent();
    await until('Redis answers again', () => redis.get('k').then((answer) => answer === null));
    expect(redis.losses).toBeGreaterThan(losses);
  });
});

describe('a cluster', () => {
  test('whose slot has another master counts as a loss before anything is read from that one', async () => {
    const cluster = await startTestCluster();
    later(() => cluster.stop());
    const redis = await openRedis({ url: cluster.url, name: 'test', namespace: 'n' });
    later(() => redis.close());
    await until('the cluster is reached', () => redis.checkReady().then(() => true));
    const set = script("return redis.call('SET', KEYS[1], ARGV[1])");
    await redis.run(set, ['k'], ['v']);
    const before = redis.losses;

    // A failover in good order: no connection ends.
    const [one = ''] = cluster.url.split(',');
    const asked = new Redis(one);
    later(async () => asked.disconnect());
    const slot = await asked.cluster('KEYSLOT', 'k');
    let port = 0;
    await until('the replica is known', async () => {
      const shards = await asked.cluster('SLOTS');
      const [, , , replica] = shards.find(([from, to]) => slot >= from && slot <= to) ?? [];
      port = Number(replica?.[1] ?? 0);
      return port > 0;
    });
    const promoted = new Redis({ host: '127.0.0.1', port });
    later(async () => promoted.disconnect());
    await promoted.cluster('FAILOVER');
    await until('the replica is the master', async () => (await promoted.info('replication')).includes('role:master'));
    // The very first answer of the new master already comes after the loss was noted.
    const write = redis.run(set, ['k'], ['w']);
    await write;
    expect(redis.losses).toBeGreaterThan(before);
    expect(await redis.get('k')).toBe('w');
  });

  test('that does not come up leaves no server running', async () => {
    await expect(startRedisCluster(directory, { withinMs: 1 })).rejects.toThrow('still not true');
    const ports = readdirSync(directory).map(Number);
    expect(ports).toHaveLength(6);
    await until('nobody answers', async () =>
      (await Promise.all(ports.map((port) => askRedis(port, (redis) => redis.ping()).catch(() => 'gone')))).every(
        (answer) => answer === 'gone',
      ),
    );
  });
});
