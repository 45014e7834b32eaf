import type { Logger } from 'pino';
import { bucketOf } from '../redis/buckets.ts';
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
  const prefix = `${redis.namespace}:pub-sub:v1:`;
  const nameOf = (channel: string) => `${prefix}${bucketOf(channel)}:${channel}`;
  const channelOf = (name: string) => name.slice(name.indexOf('}:', prefix.length) + 2);
  const numbered = numbering();
  const readers = new Map<string, ReturnType<typeof inOrder>>();
  let unsent = 0;

  const subscriber = redis.openSubscriber({
    onMessage(name, message) {
      const channel = channelOf(name);
      const arrival = readers.get(channel)?.(message);
      if (!arrival) return;
      if (arrival.isAfterGap) subscribers.gap(channel);
      subscribers.deliver(channel, JSON.parse(arrival.text));
    },
    onInterruption: (name) => subscribers.gap(channelOf(name)),
  });

  return {
    async publish(channel, message) {
      const text = numbered(channel, toText(message));
      if (unsent + text.length > MOST_UNSENT) throw new RedisAwayError('Too much is on its way to Redis already.');
      unsent += text.length;
      try {
        await redis.publish(nameOf(channel), text);
      } finally {
        unsent -= text.length;
      }
    },

    async subscribe(channel, onMessage, onGap) {
      const { remove } = subscribers.add(channel, { onMessage, onGap });
      if (!readers.has(channel)) readers.set(channel, inOrder());
      await subscriber.subscribe(nameOf(channel));
      return async () => {
        if (!remove()) return;
        readers.delete(channel);
        await subscriber.unsubscribe(nameOf(channel));
      };
    },

    async stop() {
      subscribers.clear();
      await subscriber.close();
    },
  };
}
