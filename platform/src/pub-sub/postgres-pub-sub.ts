import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { openDatabase, statement } from '../postgres/database.ts';
import { openListener } from '../postgres/listener.ts';
import { packer, unpacker } from './envelope.ts';
import type { PubSub } from './pub-sub.ts';
import { subscriptions } from './subscriptions.ts';

export interface PostgresPubSubOptions {
  readonly url: string;
  readonly logger?: Logger | undefined;
}

// Notifications of a transaction come in the order in which they were sent.
const publishParts = statement(
  'platform.publish',
  'select pg_notify($1, part) from unnest($2::text[]) with ordinality as sent(part, place) order by place',
);

/** PostgreSQL's own name of a channel, which has at most 63 bytes. */
function channelName(channel: string): string {
  return `pub_sub_${createHash('sha256').update(channel).digest('hex').slice(0, 40)}`;
}

/**
 * Messages between processes by LISTEN and NOTIFY, without a table. A message is JSON of at most 1,000,000 characters;
 * `publish` refuses a larger one with a RangeError.
 */
export function createPostgresPubSub({ url, logger }: PostgresPubSubOptions): PubSub {
  const subscribers = subscriptions(logger);
  // One connection: messages of one publisher leave in the order in which they were published.
  const publisher = openDatabase({
    url,
    applicationName: 'starling pub/sub publisher',
    maxConnections: 1,
    settings: { synchronous_commit: 'off' },
    onError: (error) => logger?.warn({ err: error }, 'the idle publishing connection broke'),
  });
  const listener = openListener({
    url,
    applicationName: 'starling pub/sub listener',
    onReconnect: () => subscribers.gap(),
    logger,
  });
  const { pack } = packer();
  const listening = new Map<string, Promise<void>>();

  const listen = (channel: string): Promise<void> => {
    const { unpack } = unpacker();
    return listener.listen(channelName(channel), (notification) => {
      try {
        const unpacked = unpack(notification);
        if (unpacked) subscribers.deliver(channel, unpacked.message);
      } catch (error) {
        logger?.warn({ err: error, channel }, 'a message could not be read');
      }
    });
  };

  return {
    async publish(channel, message) {
      await publisher.query(publishParts, [channelName(channel), pack(message)]);
    },

    async subscribe(channel, onMessage, onGap) {
      const { first, remove } = subscribers.add(channel, { onMessage, onGap });
      if (first || !listening.has(channel)) listening.set(channel, listen(channel));
      await listening.get(channel);
      return async () => {
        if (!remove()) return;
        listening.delete(channel);
        await listener.unlisten(channelName(channel));
      };
    },

    async stop() {
      subscribers.clear();
      await listener.close();
      await publisher.close();
    },
  };
}
