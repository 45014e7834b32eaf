import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** What is published on channels, over one connection to each server that is needed, made anew whenever it breaks. */
export interface RedisSubscriber {
  /** Resolves once listening, however long Redis is away. */
  subscribe(channel: string): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  /** Other nodes are in charge now: whatever is listened to is looked for anew. */
  mastersChanged(): void;
  close(): Promise<void>;
}

export interface RedisSubscriberOptions {
  /** One Redis, or nodes of a Cluster. */
  readonly addresses: readonly string[];
  readonly name: string;
  /**
   * On a Cluster: who is in charge of a channel, as `host:port`. A replica would let us listen as well, but hears only of
   * what the others know that it is a replica for.
   */
  readonly masterOf?: (channel: string) => Promise<string | undefined>;
  readonly onMessage: (channel: string, text: string) => void;
  /** Listening to the channel again after its connection had broken: messages may have been lost. */
  readonly onInterruption: (channel: string) => void;
  readonly logger?: Logger | undefined;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
const CONNECT_WITHIN_MS = 2_000;
/** A connection that dies without a word is noticed within twice this time. */
const HEARTBEAT_MS = 5_000;

interface Wanted {
  listeningAt: Redis | undefined;
  wasInterrupted: boolean;
  readonly listening: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function wanted(): Wanted {
  let settle: Pick<Wanted, 'resolve' | 'reject'> | undefined;
  const listening = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // There may be nobody who waits when it is rejected.
  listening.catch(() => {});
  return {
    listeningAt: undefined,
    wasInterrupted: false,
    listening,
    ...(settle as Pick<Wanted, 'resolve' | 'reject'>),
  };
}

/** On a Cluster a channel is of one shard, as a key is, and is listened to there. */
export function openSubscriber(options: RedisSubscriberOptions): RedisSubscriber {
  const { addresses, name, masterOf, onMessage, onInterruption, logger } = options;
  const closing = new AbortController();
  const channels = new Map<string, Wanted>();
  const connections = new Map<string, Promise<Redis>>();
  let settling: Promise<void> | undefined;

  function lose(address: string, redis: Redis): void {
    connections.delete(address);
    redis.disconnect();
    for (const each of channels.values()) {
      if (each.listeningAt !== redis) continue;
      each.listeningAt = undefined;
      each.wasInterrupted = true;
    }
    settle();
  }

  function watch(address: string, redis: Redis): void {
    let answered = true;
    const heartbeat = setInterval(() => {
      if (!answered) return redis.disconnect();
      answered = false;
      redis.ping().then(
        () => {
          answered = true;
        },
        () => redis.disconnect(),
      );
    }, HEARTBEAT_MS).unref();
    redis.once('end', () => {
      clearInterval(heartbeat);
      lose(address, redis);
    });
    // A slot has moved away: what was listened to there is looked for anew.
    redis.on('moved', () => redis.disconnect());
    redis.on(masterOf ? 'smessage' : 'message', onMessage);
  }

  async function connect(address: string): Promise<Redis> {
    const redis = new Redis(address, {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: CONNECT_WITHIN_MS,
      connectionName: name,
      enableReadyCheck: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
    });
    // Told by what fails because of it.
    redis.on('error', () => {});
    try {
      await redis.connect();
    } catch (error) {
      connections.delete(address);
      throw error;
    }
    watch(address, redis);
    return redis;
  }

  function connectionTo(address: string): Promise<Redis> {
    const known = connections.get(address);
    if (known) return known;
    const made = connect(address);
    connections.set(address, made);
    return made;
  }

  /** With the user and password, if any, of the first address. */
  async function addressOf(channel: string): Promise<string> {
    const url = new URL(addresses[0] ?? '');
    if (masterOf) {
      const host = await masterOf(channel);
      if (host === undefined) throw new Error('No server is in charge of the channel at this moment.');
      url.host = host;
    }
    return url.href;
  }

  async function listen(channel: string, state: Wanted): Promise<void> {
    const redis = await connectionTo(await addressOf(channel));
    await (masterOf ? redis.ssubscribe(channel) : redis.subscribe(channel));
    if (!channels.has(channel)) await leave(channel, redis);
    // It may have ended since it answered.
    if (redis.status !== 'ready') throw new Error('The connection ended.');
    state.listeningAt = redis;
    state.resolve();
    if (state.wasInterrupted && channels.get(channel) === state) onInterruption(channel);
    state.wasInterrupted = false;
  }

  async function leave(channel: string, redis: Redis): Promise<void> {
    // On a connection that breaks there is nothing left to stop.
    await (masterOf ? redis.sunsubscribe(channel) : redis.unsubscribe(channel)).catch(() => {});
  }

  async function settleAll(): Promise<void> {
    for (let wait = FIRST_PAUSE_MS; !closing.signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      const missing = [...channels].filter(([, { listeningAt }]) => listeningAt === undefined);
      if (missing.length === 0) return;
      const results = await Promise.allSettled(missing.map(([channel, state]) => listen(channel, state)));
      const failure = results.find((result) => result.status === 'rejected');
      if (!failure) {
        wait = FIRST_PAUSE_MS;
        continue;
      }
      logger?.warn({ err: failure.reason }, 'Redis cannot be listened to; trying again');
      await pause(wait, undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  function settle(): void {
    settling ??= settleAll().finally(() => {
      settling = undefined;
      // What came to be wanted in the last moment.
      if (!closing.signal.aborted && [...channels.values()].some(({ listeningAt }) => !listeningAt)) settle();
    });
  }

  return {
    async subscribe(channel) {
      if (closing.signal.aborted) throw new Error('The subscriber has been closed.');
      const state = channels.get(channel) ?? wanted();
      channels.set(channel, state);
      settle();
      await state.listening;
    },
    async unsubscribe(channel) {
      const state = channels.get(channel);
      channels.delete(channel);
      if (state?.listeningAt) await leave(channel, state.listeningAt);
    },
    mastersChanged() {
      for (const connection of connections.values()) {
        connection.then(
          (redis) => redis.disconnect(),
          () => {
            // There is none, then.
          },
        );
      }
    },
    async close() {
      closing.abort();
      for (const { reject } of channels.values()) reject(new Error('The subscriber has been closed.'));
      channels.clear();
      const open = await Promise.allSettled(connections.values());
      for (const each of open) if (each.status === 'fulfilled') each.value.disconnect();
      await settling;
    },
  };
}
