import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStopList } from '@starling/platform/lifecycle';
import type { LogLevel } from '@starling/platform/telemetry';
import { missingKafka } from '../../engines/kafka-jars.ts';
import { until } from '../../engines/processes.ts';
import { missingRedis } from '../../engines/redis-server.ts';
import { startCrashingKafka } from './kafka.ts';
import { startCrashingPostgres } from './postgres.ts';
import { isReady, startCrashingProduct } from './product.ts';
import { startCrashingRedis, startCrashingRedisCluster } from './redis.ts';
import { relayedIds } from './relayed.ts';
import type { Victim } from './victim.ts';

export interface Shape {
  readonly redis: 'none' | 'one' | 'cluster';
  readonly kafka: 0 | 1 | 3;
}

/** All that this machine has the programs for. */
export function possibleShape(): Shape {
  return { redis: missingRedis() ? 'none' : 'one', kafka: missingKafka() ? 0 : 1 };
}

interface ComparedCounts {
  readonly compared: number;
  readonly findings: number;
}

export interface World {
  readonly gateways: readonly string[];
  readonly victims: readonly Victim[];
  /** Engines with their versions. */
  readonly engines: readonly string[];
  /** What went wrong of which no client may have noticed. */
  readonly faults: string[];
  /** Everything runs and is ready. Rejects with who is not. */
  whole(): Promise<void>;
  /** Events that somebody still has to handle or that nobody could, as the product's metrics tell: nothing when all is done. */
  outstanding(): Promise<string[]>;
  /** Events of the outbox that are on no broker, where there are brokers. */
  unrelayed(): Promise<string[]>;
  /** How many counts of tweets the product has compared with what they count so far, and how many of them were wrong. */
  comparedCounts(): Promise<ComparedCounts>;
  stop(): Promise<void>;
}

const GAUGES = /^(starling_event_log_(?:lag_events|dead_letters)\{[^}]*\}) (\d+)/gm;

export interface WorldOptions {
  readonly shape: Shape;
  readonly logLevel: LogLevel;
  readonly output: number;
}

/** The product's processes on engines of their own, all of which may be struck. */
export async function startWorld({ shape, logLevel, output }: WorldOptions): Promise<World> {
  const stops = createStopList((name, error) => {
    throw new Error(`${name} did not stop`, { cause: error });
  });
  const directory = await mkdtemp(join(tmpdir(), 'starling-crash-'));
  stops.add('directory', () => rm(directory, { recursive: true, force: true }));
  const faults: string[] = [];
  try {
    const postgres = await startCrashingPostgres(join(directory, 'postgres'));
    stops.add('PostgreSQL', () => postgres.stop());
    const redis = await startRedisOf(shape, directory);
    if (redis) stops.add('Redis', () => redis.stop());
    const kafka = shape.kafka === 0 ? undefined : await startCrashingKafka(directory, shape.kafka);
    if (kafka) stops.add('Kafka', () => kafka.stop());
    const product = await startCrashingProduct({
      databaseUrl: postgres.url,
      redisUrl: redis?.url,
      kafkaBrokers: kafka?.brokers,
      query: (text) => postgres.query(text),
      logLevel,
      output,
      onFault: (fault) => faults.push(`${new Date().toISOString()} ${fault}`),
    });
    stops.add('product', () => product.stop());

    const victims = [...product.victims, ...postgres.victims, ...(redis?.victims ?? []), ...(kafka?.victims ?? [])];
    return {
      gateways: product.gateways,
      victims,
      engines: [
        `PostgreSQL ${postgres.version}, fsync on`,
        redis ? `Redis ${redis.version}` : 'no Redis',
        kafka ? `Kafka ${kafka.version}` : 'no Kafka',
      ],
      faults,
      async whole() {
        await Promise.all(victims.map((victim) => victim.back()));
        await redis?.whole();
        const ready = async () => (await Promise.all(product.gateways.map(isReady))).every(Boolean);
        await until('both gateways are ready', ready, { withinMs: 60_000 });
      },
      async outstanding() {
        const metrics = await (await fetch(`${product.gateways[0]}/metrics`)).text();
        const lines = [...metrics.matchAll(GAUGES)].filter(([, , value]) => Number(value) > 0);
        return lines.map(([line]) => line);
      },
      async unrelayed() {
        if (!kafka) return [];
        const held = await relayedIds(kafka.brokers);
        const text = 'SELECT id::text AS id, topic, name FROM platform.outbox ORDER BY position';
        const events = await postgres.query<{ id: string; topic: string; name: string }>(text);
        return events.filter(({ id }) => !held.has(id)).map(({ id, topic, name }) => `${topic} ${name} ${id}`);
      },
      async comparedCounts() {
        const text = 'SELECT compared::int AS compared, findings::int AS findings FROM tweets.counts_compared';
        const [row] = await postgres.query<ComparedCounts>(text);
        if (!row) throw new Error('The database does not know how many counts were compared.');
        return row;
      },
      stop: () => stops.stop(),
    };
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

function startRedisOf({ redis }: Shape, directory: string) {
  if (redis === 'none') return undefined;
  return redis === 'one' ? startCrashingRedis(directory) : startCrashingRedisCluster(directory);
}
