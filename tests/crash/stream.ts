import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Account } from './account.ts';
import { entryKey } from './owed.ts';
import type { Tally } from './tally.ts';

const DOCUMENT = `subscription ($after: String) { update: homeTimelineUpdates(after: $after) {
  __typename
  ... on TweetAdded { cursor tweet { id } retweetedBy { id } }
  ... on TweetRemoved { cursor tweetId }
  ... on StreamGap { cursor reason } } }`;
const AGAIN_AFTER_MS = 1_000;

interface Update {
  readonly __typename: string;
  readonly cursor: string;
  readonly reason?: string;
  readonly tweet?: { readonly id: string } | null;
  readonly retweetedBy?: { readonly id: string } | null;
}

/**
 * A home timeline that somebody watches, and comes back to whenever it breaks, with the cursor of the last update that came
 * whole. Times are of `performance.now()`.
 */
export interface Stream {
  /** When an entry was last told of. */
  toldOf(entry: string): number | undefined;
  /**
   * Since when nothing may be missing: since the first update, after which there is a cursor to come back with, or since the
   * latest gap, which says that something may be. However often the stream broke meanwhile.
   */
  reliableSince(): number | undefined;
  /** The latest things that happened to the stream, for a report. */
  story(): readonly string[];
  forgetBefore(time: number): void;
  stop(): Promise<void>;
}

const MOST_REMEMBERED = 40;

export function watchHome(account: Account, tally: Pick<Tally['stream'], 'gaps'>): Stream {
  const told = new Map<string, number>();
  const story: string[] = [];
  const over = new AbortController();
  let reliableSince: number | undefined;
  let after: string | null = null;

  const remember = (what: string) => {
    story.push(`${new Date().toISOString().slice(11, 23)} ${what}`);
    if (story.length > MOST_REMEMBERED) story.shift();
  };
  /** False for an update that did not come whole: it is asked for again. */
  const take = (update: Update | undefined, errors: unknown): boolean => {
    if (errors || !update) {
      remember(`an update with errors: ${JSON.stringify(errors)}`);
      return false;
    }
    const now = performance.now();
    if (update.__typename === 'StreamGap') {
      remember(`a gap: ${update.reason}`);
      tally.gaps += 1;
      reliableSince = now;
    }
    if (update.__typename === 'TweetAdded') {
      // An entry that is gone by the time it is told of has nothing to show.
      if (update.tweet) told.set(entryKey(update.tweet.id, update.retweetedBy?.id ?? null), now);
      remember(`added ${update.tweet?.id} ${update.retweetedBy?.id ?? ''}`);
    }
    reliableSince ??= now;
    after = update.cursor;
    return true;
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
    let whole = true;
    over.signal.addEventListener('abort', end);
    try {
      remember(`subscribes at ${url} ${after === null ? 'anew' : `after ${after}`}`);
      await new Promise<void>((resolve, reject) => {
        client.subscribe<{ update: Update }>(
          { query: DOCUMENT, variables: { after } },
          {
            next: ({ data, errors }) => {
              // What comes behind one that did not come whole is asked for again, too.
              whole &&= take(data?.update, errors);
              if (!whole) end();
            },
            error: reject,
            complete: resolve,
          },
        );
      });
      remember('ended');
    } catch (error) {
      remember(`broke: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
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
