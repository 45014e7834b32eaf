import type { Logger } from 'pino';

export interface Subscriber {
  readonly onMessage: (message: unknown) => void;
  readonly onGap: (() => void) | undefined;
}

/** Who listens to which channel in this process. A subscriber that throws is logged and disturbs nobody else. */
export function subscriptions(logger: Logger | undefined) {
  const channels = new Map<string, Set<Subscriber>>();

  const tell = (channel: string, callback: () => void) => {
    try {
      callback();
    } catch (error) {
      logger?.error({ err: error, channel }, 'a subscriber failed');
    }
  };

  return {
    /** `first` is true when nobody listened to the channel before; `remove` answers whether nobody is left. */
    add(channel: string, subscriber: Subscriber): { readonly first: boolean; readonly remove: () => boolean } {
      const existing = channels.get(channel);
      const subscribers = existing ?? new Set();
      subscribers.add(subscriber);
      channels.set(channel, subscribers);
      return {
        first: !existing,
        remove() {
          if (!subscribers.delete(subscriber) || subscribers.size > 0) return false;
          if (channels.get(channel) === subscribers) channels.delete(channel);
          return true;
        },
      };
    },
    deliver(channel: string, message: unknown): void {
      const subscribers = channels.get(channel);
      if (!subscribers) return;
      // Who joins meanwhile is too late for this message, and who has left does not get it any more.
      for (const subscriber of [...subscribers]) {
        if (subscribers.has(subscriber)) tell(channel, () => subscriber.onMessage(message));
      }
    },
    /** On one channel, or on every one. */
    gap(only?: string): void {
      for (const [channel, subscribers] of only === undefined
        ? channels
        : [[only, channels.get(only) ?? []] as const]) {
        for (const { onGap } of [...subscribers]) tell(channel, () => onGap?.());
      }
    },
    clear(): void {
      for (const subscribers of channels.values()) subscribers.clear();
      channels.clear();
    },
  };
}
