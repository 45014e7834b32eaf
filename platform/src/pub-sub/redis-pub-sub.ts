import type { Logger } from 'pino';
import { pubSubNames } from '../redis/keys.ts';
import { RedisAwayError, type RedisConnection } from '../redis/open-redis.ts';
import { toText } from './message-text.ts';
import type { PubSub } from './pub-sub.ts';
import { inOrder, numbering } from './sequence.ts';
import { subscriptions } from './subscriptions.ts';

export interface RedisPubSubOptions {
  readonly redis: RedisConnection;
  readonly logger?: Logger | undefined;
}

/** Characters that are on their way to Redis, at most: `publish` refuses more until some have arrived. */
const MOST_UNSENT = 32_000_000;

/**
 * Messages between processes through Redis; on a Cluster sharded, so that a message goes to the servers of its channel's
 * shard alone. `publish` rejects with a RedisAwayError while Redis is away. A failover, or a connection that breaks, is a gap.
 */
export function createRedisPubSub({ redis, logger }: RedisPubSubOptions): PubSub {
  const subscribers = subscriptions(logger);
  const names = pubSubNames(redis.namespace);
  const numbered = numbering();
  const readers = new Map<string, ReturnType<typeof inOrder>>();
  let unsent = 0;

  const subscriber = redis.openSubscriber({
    onMessage(name, message) {
      const channel = names.channelOf(name);
      const arrival = readers.get(channel)?.(message);
      if (!arrival) return;
      if (arrival.isAfterGap) subscribers.gap(channel);
      subscribers.deliver(channel, JSON.parse(arrival.text));
    },
    onInterruption: (name) => subscribers.gap(names.channelOf(name)),
  });

  return {
    async publish(channel, message) {
      const text = numbered(channel, toText(message));
      if (unsent + text.length > MOST_UNSENT) throw new RedisAwayError('Too much is on its way to Redis already.');
      unsent += text.length;
      try {
        await redis.publish(names.of(channel), text);
      } finally {
        unsent -= text.length;
      }
    },

    async subscribe(channel, onMessage, onGap) {
      const { remove } = subscribers.add(channel, { onMessage, onGap });
      if (!readers.has(channel)) readers.set(channel, inOrder());
      await subscriber.subscribe(names.of(channel));
      return async () => {
        if (!remove()) return;
        readers.delete(channel);
        await subscriber.unsubscribe(names.of(channel));
      };
    },

    async stop() {
      subscribers.clear();
      await subscriber.close();
    },
  };
}
