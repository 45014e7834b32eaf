import type { Logger } from 'pino';
import { toText } from './message-text.ts';
import type { PubSub } from './pub-sub.ts';
import { subscriptions } from './subscriptions.ts';

/** Messages within this process. Each reaches its subscribers before `publish` resolves, in the order of publishing. */
export function createInProcessPubSub({ logger }: { readonly logger?: Logger } = {}): PubSub {
  const subscribers = subscriptions(logger);
  return {
    async publish(channel, message) {
      // Through JSON, so that subscribers get what they would get from another process.
      const text = toText(message);
      // Not within the caller's own turn: what a subscriber publishes comes after what it was told.
      await undefined;
      subscribers.deliver(channel, JSON.parse(text));
    },
    async subscribe(channel, onMessage) {
      const { remove } = subscribers.add(channel, { onMessage, onGap: undefined });
      return async () => {
        remove();
      };
    },
    async stop() {
      subscribers.clear();
    },
  };
}
