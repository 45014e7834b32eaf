import { setTimeout as pause } from 'node:timers/promises';
import { encodeCursor } from '@starling/platform/pagination';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface Update {
  readonly __typename: string;
  readonly cursor: string;
  readonly reason?: string;
  readonly tweet?: { readonly id: string } | null;
  readonly tweetId?: string;
  readonly retweetedBy?: { readonly id: string } | null;
  readonly notification?: {
    readonly id: string;
    readonly kind: string;
    readonly tweet: { readonly id: string } | null;
  } | null;
}

/** One thing that a stream has told of. */
export interface Line {
  /** What it is about, as the model names it. */
  readonly name: string;
  /** What tells it from everything else that is told; null where names do. */
  readonly id: string | null;
  /** Of `performance.now()`. */
  readonly at: number;
}

/** A subscription with `update` as its only field, and what its updates tell; undefined for what had nothing to show any more. */
export interface Watched {
  /** What cursors of these streams are bound to, with the account. */
  readonly name: string;
  readonly document: string;
  lineOf(update: Update): Omit<Line, 'at'> | undefined;
}

/** Where an account watches. */
export interface Seat {
  url(): string;
  token(): string;
  /** Told whenever a stream has ended. */
  onEnd?(): void;
  onGap?(): void;
}

/**
 * What somebody watches, and comes back to whenever it breaks, with the cursor of the last update that came whole. Times are of
 * `performance.now()`.
 */
export interface Stream {
  /** All that was told, in the order in which it came. */
  readonly lines: readonly Line[];
  /**
   * Since when nothing may be missing: since there was anything, or since the latest gap, which says that something may be.
   * However often the stream broke meanwhile.
   */
  reliableSince(): number;
  /** The latest things that happened to the stream, for a report. */
  story(): readonly string[];
  stop(): Promise<void>;
}

const AGAIN_AFTER_MS = 1_000;
const MOST_REMEMBERED = 40;

/** Watches from the beginning of everything, so that it does not matter when the stream stands. */
export function watch({ name, document, lineOf }: Watched, viewer: string, seat: Seat): Stream {
  const lines: Line[] = [];
  const story: string[] = [];
  const over = new AbortController();
  let reliableSince = 0;
  let after: string = encodeCursor(`${name}:${viewer}`, '0');

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
    const at = performance.now();
    if (update.__typename === 'StreamGap') {
      remember(`a gap: ${update.reason}`);
      seat.onGap?.();
      reliableSince = at;
    } else {
      const line = lineOf(update);
      if (line) lines.push({ ...line, at });
      remember(`told of ${line ? `${line.name} ${line.id ?? ''}` : 'what is gone'}`);
    }
    after = update.cursor;
    return true;
  };

  /** One subscription from its beginning to its end, however it ends. */
  const session = async () => {
    const url = seat.url();
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ authorization: `Bearer ${seat.token()}` }),
      retryAttempts: 0,
      keepAlive: 5_000,
    });
    const end = () => void client.dispose();
    let whole = true;
    over.signal.addEventListener('abort', end);
    try {
      remember(`subscribes at ${url} after ${after}`);
      await new Promise<void>((resolve, reject) => {
        client.subscribe<{ update: Update }>(
          { query: document, variables: { after } },
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
      seat.onEnd?.();
    }
  };
  const watching = keepWatching();

  return {
    lines,
    reliableSince: () => reliableSince,
    story: () => story,
    async stop() {
      over.abort();
      await watching;
    },
  };
}
