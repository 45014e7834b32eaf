import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Account } from './account.ts';
import { entryKey } from './owed.ts';

const DOCUMENT = `subscription { update: homeTimelineUpdates {
  __typename ... on TweetAdded { tweet { id } retweetedBy { id } } ... on TweetRemoved { tweetId } } }`;
const AGAIN_AFTER_MS = 1_000;

interface Update {
  readonly __typename: string;
  readonly tweet?: { readonly id: string } | null;
  readonly retweetedBy?: { readonly id: string } | null;
}

/** A home timeline that somebody watches, and comes back to whenever it breaks. Times are of `performance.now()`. */
export interface Stream {
  /** When an entry was last told of. */
  toldOf(entry: string): number | undefined;
  /**
   * Since when the client may rely on the stream: an update has come, and no end, no gap and no error after it. Undefined
   * while it has no reason to: it knows that it may have missed something.
   */
  reliableSince(): number | undefined;
  /** The latest things that happened to the stream, for a report. */
  story(): readonly string[];
  forgetBefore(time: number): void;
  stop(): Promise<void>;
}

const MOST_REMEMBERED = 40;

export function watchHome(account: Account): Stream {
  const told = new Map<string, number>();
  const story: string[] = [];
  const over = new AbortController();
  let reliableSince: number | undefined;

  const remember = (what: string) => {
    story.push(`${new Date().toISOString().slice(11, 23)} ${what}`);
    if (story.length > MOST_REMEMBERED) story.shift();
  };
  const interrupted = (why: string) => {
    reliableSince = undefined;
    remember(why);
  };
  const take = (update: Update | undefined, errors: unknown) => {
    if (errors || !update) return interrupted(`an update with errors: ${JSON.stringify(errors)}`);
    if (update.__typename === 'StreamGap') interrupted('a gap');
    if (update.__typename === 'TweetAdded') {
      // An entry that is gone by the time it is told of has nothing to show.
      if (update.tweet) told.set(entryKey(update.tweet.id, update.retweetedBy?.id ?? null), performance.now());
      remember(`added ${update.tweet?.id} ${update.retweetedBy?.id ?? ''}`);
    }
    reliableSince ??= performance.now();
  };

  /** One subscription from its beginning to its end, however it ends. */
  const session = async () => {
    const url = `${account.door.gateway.replace(/^http/, 'ws')}/graphql`;
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ authorization: `Bearer ${account.token}` }),
      retryAttempts: 0,
      keepAlive: 5_000,
    });
    const end = () => void client.dispose();
    over.signal.addEventListener('abort', end);
    try {
      remember(`subscribes at ${url}`);
      await new Promise<void>((resolve, reject) => {
        client.subscribe<{ update: Update }>(
          { query: DOCUMENT },
          {
            next: ({ data, errors }) => take(data?.update, errors),
            error: reject,
            complete: resolve,
          },
        );
      });
      interrupted('ended by the product');
    } catch (error) {
      interrupted(`broke: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
    } finally {
      over.signal.removeEventListener('abort', end);
      await client.dispose();
    }
  };
  const keepWatching = async () => {
    while (!over.signal.aborted) {
      await session();
      await pause(AGAIN_AFTER_MS, undefined, { signal: over.signal }).catch(() => {});
      account.door.turn();
    }
  };
  const watching = keepWatching();

  return {
    toldOf: (entry) => told.get(entry),
    reliableSince: () => reliableSince,
    story: () => story,
    forgetBefore(time) {
      for (const [entry, at] of told) if (at < time) told.delete(entry);
    },
    async stop() {
      over.abort();
      await watching;
    },
  };
}
