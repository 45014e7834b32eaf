import { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { EnvironmentError } from '../environment/read-environment.ts';
import { redisAddresses, withoutPasswords } from './addresses.ts';
import { isAnswer } from './answers.ts';
import type { Script } from './script.ts';
import { explainTooOld, versionTooOld } from './server-version.ts';
import { openSubscriber, type RedisSubscriber, type RedisSubscriberOptions } from './subscriber.ts';
import { watchMoves } from './watch-moves.ts';

/** Redis is not there, or did not answer in time: whoever asked goes on without it. */
export class RedisAwayError extends Error {
  override readonly name = 'RedisAwayError';
}

/** Redis is there and refuses a script: a fault of ours. Whoever asked goes on as if Redis was away. */
export class RedisScriptError extends RedisAwayError {}

/** What is wrong with `REDIS_URL`, for the person who set it. */
export class RedisUrlError extends EnvironmentError {
  override readonly name = 'RedisUrlError';
}

export interface RedisConnection {
  /** In every key: products that share a Redis keep out of each other's way. */
  readonly namespace: string;
  /** Whether the keys of one script have to be in one slot. */
  readonly isCluster: boolean;
  /**
   * How often something that this process wrote may have been lost: a connection ended, another node became master, a
   * write was not answered. What was cached before the last loss may have missed something.
   */
  readonly losses: number;
  noteLoss(): void;
  /** Runs a script; all keys are in one slot. @throws RedisAwayError */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** @throws RedisAwayError */
  get(key: string): Promise<string | null>;
  /** To whoever listens now; on a Cluster to those of the channel's shard. @throws RedisAwayError */
  publish(channel: string, text: string): Promise<void>;
  /** Listens on connections of its own, which its user closes. */
  openSubscriber(handlers: Pick<RedisSubscriberOptions, 'onMessage' | 'onInterruption'>): RedisSubscriber;
  /** Rejects until Redis has been reached once. */
  checkReady(): Promise<void>;
  close(): Promise<void>;
}

export interface RedisConnectionOptions {
  /** One address, or those of a Cluster's nodes separated by commas. */
  readonly url: string;
  readonly namespace: string;
  /** As Redis's operators see it. */
  readonly name: string;
  /** How long an answer may take before Redis counts as away; 500 when not given. */
  readonly answerWithinMs?: number;
  readonly logger?: Logger | undefined;
}

/** A cache that is slower than its source is of no use. */
const ANSWER_WITHIN_MS = 500;
/** So long nothing is asked after an answer did not come: not everybody has to wait in vain. */
const REST_MS = 250;
const CONNECT_WITHIN_MS = 2_000;

const backoff = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 6), 2_000);

/** A connection over which nothing has come for so many times the time of an answer, though something was asked, is made anew. */
const ANSWERS_MISSED = 20;
/** Asked nothing, the other side is asked for a sign of life after this time. */
const IDLE_MS = 10_000;

function connect(addresses: readonly string[], name: string, answerWithinMs: number): Redis | Cluster {
  const common = {
    connectTimeout: CONNECT_WITHIN_MS,
    connectionName: name,
    maxRetriesPerRequest: 1,
    socketTimeout: ANSWERS_MISSED * answerWithinMs,
    keepAlive: IDLE_MS,
  };
  if (addresses.length === 1) {
    return new Redis(addresses[0] ?? '', { ...common, enableOfflineQueue: false, retryStrategy: backoff });
  }
  return new Cluster([...addresses], {
    enableOfflineQueue: false,
    clusterRetryStrategy: backoff,
    retryDelayOnFailover: 100,
    retryDelayOnClusterDown: 100,
    slotsRefreshTimeout: 2_000,
    slotsRefreshInterval: 2_000,
    redisOptions: common,
  });
}

/**
 * Connects, again and again when it must; does not wait for it.
 *
 * @throws RedisUrlError when what is at the address refuses this user, is too old, or is not what the address says.
 */
export async function openRedis(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { url, namespace, name, answerWithinMs = ANSWER_WITHIN_MS, logger } = options;
  const addresses = redisAddresses(url);
  const shown = withoutPasswords(url);
  await probe(addresses, shown, logger);

  const connectionName = name.replaceAll(/[^\w-]/g, '-');
  const client = connect(addresses, connectionName, answerWithinMs);
  let losses = 0;
  let wasReady = false;
  let away = false;
  let restUntil = 0;
  let closed = false;

  const subscribers = new Set<RedisSubscriber>();

  const noteLoss = () => {
    losses++;
  };
  const noteAway = (error: unknown) => {
    if (away || closed) return;
    away = true;
    logger?.warn({ err: error, redis: shown }, 'Redis at REDIS_URL does not answer: going on without it, more slowly');
  };
  const noteBack = () => {
    wasReady = true;
    if (!away) return;
    away = false;
    logger?.info({ redis: shown }, 'Redis at REDIS_URL answers again: what was cached before is not used any more');
  };

  client.on('error', noteAway);
  client.on('ready', noteBack);
  client.on('close', noteLoss);
  if (client instanceof Cluster) {
    client.on('-node', noteLoss);
    watchMoves(client, noteLoss);
    let masters = '';
    client.on('refresh', () => {
      const now = client.slots.map((nodes) => nodes?.[0]).join();
      if (masters !== '' && masters !== now) {
        noteLoss();
        for (const subscriber of subscribers) subscriber.mastersChanged();
      }
      masters = now;
    });
  }

  async function ask<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (performance.now() < restUntil) throw new RedisAwayError('Redis did not answer a moment ago.');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const tooLate = () => reject(new Error(`no answer within ${answerWithinMs} ms`));
      // An answer may have come while this process did something else, and is read first.
      timer = setTimeout(() => setImmediate(tooLate), answerWithinMs);
    });
    try {
      const answer = await Promise.race([work(), late]);
      noteBack();
      return answer;
    } catch (error) {
      if (isAnswer(error)) {
        logger?.error({ err: error, redis: shown }, 'Redis refuses what it was asked: this is a fault of ours');
        throw new RedisScriptError('Redis refuses what it was asked.', { cause: error });
      }
      restUntil = performance.now() + REST_MS;
      noteAway(error);
      throw new RedisAwayError('Redis does not answer.', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    namespace,
    isCluster: client instanceof Cluster,
    get losses() {
      return losses;
    },
    noteLoss,
    run: ({ lua, sha }, keys, args) =>
      ask(async () => {
        try {
          return await client.evalsha(sha, keys.length, ...keys, ...args);
        } catch (error) {
          if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
          return client.eval(lua, keys.length, ...keys, ...args);
        }
      }),
    get: (key) => ask(() => client.get(key)),
    async publish(channel, text) {
      await ask(() => (client instanceof Cluster ? client.spublish(channel, text) : client.publish(channel, text)));
    },
    openSubscriber(handlers) {
      const place = client instanceof Cluster ? { masterOf: mastersOf(client) } : {};
      const name = `${connectionName}-subscriber`;
      const subscriber = openSubscriber({ addresses, name, logger, ...place, ...handlers });
      subscribers.add(subscriber);
      return {
        ...subscriber,
        async close() {
          subscribers.delete(subscriber);
          await subscriber.close();
        },
      };
    },
    async checkReady() {
      if (!wasReady) throw new RedisAwayError('Redis has not been reached yet.');
    },
    async close() {
      closed = true;
      client.disconnect();
    },
  };
}

/** Which node of the Cluster is in charge of a name, as `host:port`. */
function mastersOf(cluster: Cluster): (name: string) => Promise<string | undefined> {
  return async (name) => {
    const slot = Number(await cluster.cluster('KEYSLOT', name));
    return cluster.slots[slot]?.[0];
  };
}

const REFUSED = /^(WRONGPASS|NOAUTH|NOPERM|ERR AUTH|ERR invalid password)/;

/** One try at each address until one answers: tells what somebody has to mend from what may pass. */
async function probe(addresses: readonly string[], shown: string, logger: Logger | undefined): Promise<void> {
  let failure: unknown;
  let reported = '';
  for (const address of addresses) {
    const redis = new Redis(address, {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: CONNECT_WITHIN_MS,
      commandTimeout: CONNECT_WITHIN_MS,
      enableReadyCheck: false,
    });
    // A refused password is told here; the connection then just ends.
    redis.on('error', (error) => {
      reported = error.message;
    });
    try {
      await redis.connect();
      const info = await redis.info();
      const old = versionTooOld(info);
      if (old !== undefined) throw new RedisUrlError(explainTooOld(old, shown));
      const isClusterNode = info.includes('cluster_enabled:1');
      if (isClusterNode && addresses.length === 1) {
        throw new RedisUrlError(
          `REDIS_URL (${shown}) names a node of a Redis Cluster: name two or more of its nodes, separated by commas.`,
        );
      }
      if (!isClusterNode && addresses.length > 1) {
        throw new RedisUrlError(
          `REDIS_URL (${shown}) names several addresses, and no Redis Cluster is at ${new URL(address).host}.`,
        );
      }
      return;
    } catch (error) {
      if (error instanceof RedisUrlError) throw error;
      const told = error instanceof Error ? error.message : String(error);
      const message = [reported, told].find((text) => REFUSED.test(text));
      if (message !== undefined) {
        throw new RedisUrlError(
          `Redis at REDIS_URL (${shown}) refuses: ${message} Correct the user and password in REDIS_URL.`,
        );
      }
      failure = error;
    } finally {
      redis.disconnect();
    }
  }
  logger?.warn(
    { err: failure },
    `No Redis answers at REDIS_URL (${shown}). Start it, or correct the address; trying again`,
  );
}
