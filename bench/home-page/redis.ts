import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../engines/processes.ts';
import { startChild } from './child.ts';
import type { Viewer } from './viewers.ts';

export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A Redis that keeps nothing, for this bench alone. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-bench-redis-'));
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const child = await startChild({
    name: 'redis-server (apt install redis-server)',
    command: 'redis-server',
    args: settings,
    ready: /(Ready to accept connections)/,
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid,
    async stop() {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * What the hand-written handler reads: `home:<username>` (entries, newest last by score, as `tweet:author:retweeter`),
 * `tweet:<id>` and `user:<id>` as JSON that goes into the answer as it is.
 */
export async function fillRedis(url: string, viewers: readonly Viewer[]): Promise<void> {
  const redis = new Redis(url);
  try {
    for (const { username, home } of viewers) {
      const pipeline = redis.pipeline();
      for (const [place, { node, retweetedBy }] of home.entries()) {
        const { author, ...tweet } = node;
        pipeline.zadd(`home:${username}`, -place, `${node.id}:${author.id}:${retweetedBy?.id ?? ''}`);
        pipeline.set(`tweet:${node.id}`, JSON.stringify(tweet));
        pipeline.set(`user:${author.id}`, JSON.stringify(author));
        // A retweeter is shown by name only; as an author it was, or will be, written in full.
        if (retweetedBy) pipeline.set(`user:${retweetedBy.id}`, JSON.stringify(retweetedBy), 'NX');
      }
      const results = await pipeline.exec();
      const failed = results?.find(([error]) => error)?.[0];
      if (failed) throw failed;
    }
  } finally {
    redis.disconnect();
  }
}
