import type { Logger } from 'pino';
import { createHotMemory } from '../cache/hot-memory.ts';
import { createInProcessEntityCache } from '../cache/in-process-entity-cache.ts';
import { createRedisEntityCache } from '../cache/redis.ts';
import type { Attention } from '../event-log/attention.ts';
import { checkKafkaAccess } from '../event-log/kafka/access.ts';
import type { KafkaServers } from '../event-log/kafka/client.ts';
import { createKafkaEventLog } from '../event-log/kafka/kafka-event-log.ts';
import { checkRelayGround, isRelayLeftBehind } from '../event-log/kafka/relay/requirements.ts';
import { createPostgresEventLog } from '../event-log/postgres/postgres-event-log.ts';
import type { Parts } from '../graphql/subgraph.ts';
import { backgroundElsewhere, backgroundHere } from '../lifecycle/background.ts';
import type { StopList } from '../lifecycle/stop-list.ts';
import { type Database, openDatabase, statement } from '../postgres/database.ts';
import { openRedis } from '../redis/open-redis.ts';
import { leaseSnowflakes } from '../snowflake/lease-snowflakes.ts';
import { postgresWriterLeases } from '../snowflake/postgres-writer-leases.ts';

export interface PartsOptions {
  /** A migrated database. */
  readonly url: string;
  /** A Redis, or a Cluster's nodes with commas between them, for what is cached. */
  readonly redisUrl?: string | undefined;
  /** As the database's operators see it. */
  readonly name: string;
  /** Does this process hold the whole system, or do others beside it take their share of the database? */
  readonly alone: boolean;
  /** Which consumers this process drives; with `memory` it leaves other background work to others, too. Default `all`. */
  readonly attention?: Attention;
  /** For the events that no read waits for; without it they stay in the database. */
  readonly kafka?: KafkaServers | undefined;
  /** Before the names of topics and groups: keeps systems apart that share a Kafka. Default none. */
  readonly kafkaPrefix?: string | undefined;
  readonly logger: Logger;
  /** Told how to close what has been opened. */
  readonly stops: StopList;
}

/**
 * Connections and batches at most. A PostgreSQL as it is installed takes a hundred connections: one process may use most
 * of them, five processes share them.
 */
const SHARES = {
  alone: { maxConnections: 40, maxBatches: 24 },
  together: { maxConnections: 8, maxBatches: 4 },
};

const CACHED_ENTITIES = 100_000;
/** An entity is dropped from the cache by the event that changes it; this bounds what a lost event could do. */
const CACHE_TTL_MS = 10 * 60_000;

/** Another database, even one that has taken the place of the first, has another name: what was cached of it stays apart. */
const nameOfDatabase = statement(
  'platform.nameOfDatabase',
  `SELECT system_identifier || '.' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS name
   FROM pg_control_system()`,
);

async function openSharedCache(redisUrl: string, database: Database, { name, logger, stops }: PartsOptions) {
  const [row] = await database.query<{ name: string }>(nameOfDatabase);
  const redis = await openRedis({ url: redisUrl, name, namespace: `starling:${row?.name}`, logger });
  stops.add('Redis', () => redis.close());
  return redis;
}

async function prepareForKafka(kafka: KafkaServers, database: Database, logger: Logger): Promise<void> {
  const [{ keepSizeBytes }] = await Promise.all([checkRelayGround(database), checkKafkaAccess(kafka, logger)]);
  if (kafka.login?.mechanism === 'plain' && !kafka.tls) {
    logger.warn('KAFKA_SASL_MECHANISM=plain without KAFKA_TLS=on: KAFKA_PASSWORD travels in the clear');
  }
  if (keepSizeBytes !== null) return;
  logger.warn(
    'The PostgreSQL at DATABASE_URL has no max_slot_wal_keep_size: a Kafka that stays away would fill its disk',
  );
}

/** Who tried Kafka once, and went on without it, has to say so to PostgreSQL, too: its disk would fill slowly. */
async function tellOfRelayLeftBehind(database: Database, logger: Logger): Promise<void> {
  if (!(await isRelayLeftBehind(database))) return;
  logger.warn(
    'KAFKA_BROKERS is not set, and every event is kept for the relay to Kafka that ran before: set it again, or leave Kafka for good as docs/operations.md says',
  );
}

/**
 * PostgreSQL for everything that is kept; for what is not, Redis where there is one, or this process's memory. Events that
 * no read waits for travel through Kafka where there is one.
 */
export async function openParts(options: PartsOptions): Promise<Parts> {
  const { url, redisUrl, kafka, kafkaPrefix = '', name, alone, attention = 'all', logger, stops } = options;
  const { maxConnections, maxBatches } = alone ? SHARES.alone : SHARES.together;
  const database = openDatabase({
    url,
    applicationName: name,
    maxConnections,
    onError: (error) => logger.warn({ err: error }, 'an idle connection to the database broke'),
  });
  stops.add('database', () => database.close());
  await (kafka ? prepareForKafka(kafka, database, logger) : tellOfRelayLeftBehind(database, logger));
  const redis = redisUrl === undefined ? undefined : await openSharedCache(redisUrl, database, options);
  const snowflakes = await leaseSnowflakes({ leases: postgresWriterLeases(database), logger });
  stops.add('snowflakes', () => snowflakes.stop());
  const eventLog = kafka
    ? createKafkaEventLog({ url, logger, attention, maxBatches, ...kafka, prefix: kafkaPrefix })
    : createPostgresEventLog({ url, logger, attention, maxBatches });
  stops.add('event log', () => eventLog.stop());
  const entityCache = redis
    ? createRedisEntityCache({ redis, ttlMs: CACHE_TTL_MS })
    : createInProcessEntityCache({ maxEntries: CACHED_ENTITIES, ttlMs: CACHE_TTL_MS });
  const background = attention === 'memory' ? backgroundElsewhere : backgroundHere;
  return { database, snowflakes, eventLog, entityCache, memory: createHotMemory(), redis, background, logger };
}
