import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Ending } from '../batching/ending.ts';
import type { EntityCache } from '../cache/entity-cache.ts';
import type { HotMemory } from '../cache/hot-memory.ts';
import type { EventLog } from '../event-log/event-log.ts';
import type { Identity } from '../identity/identity.ts';
import type { Background } from '../lifecycle/background.ts';
import type { Database } from '../postgres/database.ts';
import type { RedisConnection } from '../redis/open-redis.ts';
import type { SnowflakeSource } from '../snowflake/snowflake-source.ts';
import type { Registry } from '../telemetry/metrics.ts';
import type { SameForAll } from './same-for-all.ts';

/** What every subgraph stands on. Whoever starts it chooses the engines. */
export interface Parts {
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly snowflakes: SnowflakeSource;
  readonly entityCache: EntityCache;
  /** What this process remembers of rows, in front of everything else. */
  readonly memory: HotMemory;
  readonly background: Background;
  readonly logger: Logger;
  /** When there is one: for what is better kept there than in a process. */
  readonly redis?: RedisConnection | undefined;
}

/** A subgraph as the gateway (in process) or its own server sees it. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /**
   * Fresh for every request: loaders keep what one request has read, and nothing crosses to another. Once `signal` is
   * aborted nobody waits for the answer, and what is read for this request alone need not be.
   */
  createContext(identity: Identity, signal?: Ending): object;
  /** By the names of types: what of their objects is the same for everybody. */
  readonly sameForAll?: Readonly<Record<string, SameForAll>>;
  /** Begins to consume events. */
  start(): Promise<void>;
  /** Registers what operators watch. */
  measure?(registry: Registry): void;
  /** Lets what is under way finish, then releases everything that `start` took. */
  stop(): Promise<void>;
}
