import type { CatchesUp } from '@starling/platform/batching';
import { untilKnown, type Watch } from '@starling/platform/live';
import type { Logger } from 'pino';
import type { CountReader } from '../count-reader.ts';
import type { TweetReader } from '../tweet-reader.ts';
import type { Onlookers } from './onlookers.ts';
import type { TweetUpdates } from './stream-updates.ts';
import { goneState, positionAfter, stateOf, type TweetState } from './tweet-state.ts';
import { type TweetWatcher, tweetWatcher } from './tweet-watcher.ts';

/** A tweet's watchers are told of its counts so often at most, however many like it. */
const PACE_MS = 250;

export interface LiveTweetsParts {
  readonly reader: TweetReader;
  readonly countReader: CountReader;
  /** What is remembered of tweets and counts is forgotten by these. */
  readonly remembered: readonly CatchesUp[];
  readonly onlookers: Onlookers;
  readonly logger?: Logger | undefined;
  readonly paceMs?: number | undefined;
}

/** The counts of tweets that somebody watches in this process. */
export interface LiveTweets {
  /**
   * How the tweet stands, whenever that is other than at `after`; without `after`, than at this call. Between two updates
   * whatever happens is put together. Rejects when `after` is no cursor of the tweet's stream.
   */
  watch(viewerId: string | null, tweetId: string, watch: Watch): Promise<AsyncIterableIterator<TweetUpdates>>;
  /** Something has happened to these tweets, and what was remembered of them is forgotten. */
  heard(tweetIds: Iterable<string>): void;
  /** The same of all tweets. */
  heardOfAll(): void;
  /** Ends every stream, and lets nobody watch any more. */
  endAll(): void;
}

interface Watched {
  readonly watchers: Set<TweetWatcher>;
  /** Something has happened since the last look began. */
  isBehind: boolean;
  looking: boolean;
  /** By `performance.now()`. */
  nextLookAt: number;
  timer: NodeJS.Timeout | undefined;
}

export function liveTweets(parts: LiveTweetsParts): LiveTweets {
  const { reader, countReader, remembered, onlookers, logger, paceMs = PACE_MS } = parts;
  const byTweet = new Map<string, Watched>();
  let ended = false;
  let looks = 0;

  /** As everybody sees it who may see it. */
  async function stateNow(tweetId: string): Promise<TweetState> {
    await Promise.all(remembered.map((each) => each.caughtUp()));
    const [[row], [counts]] = await Promise.all([reader.read([tweetId]), countReader.ofTweets.read([tweetId])]);
    return row && !row.isDeleted && counts ? stateOf(counts) : goneState(tweetId);
  }

  const stateFor = async (viewerId: string | null, tweetId: string, state: TweetState): Promise<TweetState> =>
    (await onlookers.seen(viewerId, tweetId)) ? state : goneState(tweetId);

  async function look(tweetId: string, watched: Watched): Promise<void> {
    watched.looking = true;
    watched.isBehind = false;
    watched.nextLookAt = performance.now() + paceMs;
    const number = ++looks;
    try {
      const state = await untilKnown(
        () => stateNow(tweetId),
        () => watched.watchers.size === 0,
        logger,
      );
      if (state) for (const watcher of watched.watchers) watcher.push(state, number);
    } catch (error) {
      // Whoever comes again, as gateways do by themselves, is told where the tweet stands.
      logger?.warn({ err: error }, 'a watched tweet cannot be looked at, and its streams end');
      for (const watcher of [...watched.watchers]) watcher.end();
    } finally {
      watched.looking = false;
      lookSoon(tweetId, watched);
    }
  }

  function lookSoon(tweetId: string, watched: Watched): void {
    if (!watched.isBehind || watched.looking || watched.timer || watched.watchers.size === 0) return;
    const wait = Math.max(0, watched.nextLookAt - performance.now());
    watched.timer = setTimeout(() => {
      watched.timer = undefined;
      void look(tweetId, watched);
    }, wait).unref();
  }

  function enter(viewerId: string | null, tweetId: string, told: string): [TweetWatcher, Watched] {
    const watched = byTweet.get(tweetId) ?? {
      watchers: new Set(),
      isBehind: false,
      looking: false,
      nextLookAt: 0,
      timer: undefined,
    };
    byTweet.set(tweetId, watched);
    const watcher = tweetWatcher({
      told,
      async asSeen(state, hasLeft) {
        return (await untilKnown(() => stateFor(viewerId, tweetId, state), hasLeft, logger)) ?? state;
      },
      onEnd() {
        watched.watchers.delete(watcher);
        if (watched.watchers.size > 0) return;
        clearTimeout(watched.timer);
        watched.timer = undefined;
        if (byTweet.get(tweetId) === watched) byTweet.delete(tweetId);
      },
    });
    watched.watchers.add(watcher);
    return [watcher, watched];
  }

  function heard(tweetIds: Iterable<string>): void {
    for (const tweetId of tweetIds) {
      const watched = byTweet.get(tweetId);
      if (!watched) continue;
      watched.isBehind = true;
      lookSoon(tweetId, watched);
    }
  }

  return {
    async watch(viewerId, tweetId, { after, gapReason }) {
      if (ended) throw new Error('The tweets have stopped.');
      const had = after == null ? undefined : positionAfter(tweetId, after);
      const number = ++looks;
      const before = await stateFor(viewerId, tweetId, await stateNow(tweetId));
      // Who has lost the beginning of a stream, and where there is nothing to see, is told how it stands.
      const isSilent =
        had === undefined && gapReason == null && before.value.tweetUpdates.__typename !== 'TweetRemoved';
      const [watcher, watched] = enter(viewerId, tweetId, isSilent ? before.position : (had ?? ''));
      if (ended) watcher.end();
      watcher.push(before, number);
      // What happened since it was looked at, and was heard of before there was somebody to tell.
      watched.isBehind = true;
      lookSoon(tweetId, watched);
      return watcher;
    },
    heard,
    heardOfAll: () => heard(byTweet.keys()),
    endAll() {
      ended = true;
      for (const { watchers } of [...byTweet.values()]) for (const watcher of [...watchers]) watcher.end();
    },
  };
}
