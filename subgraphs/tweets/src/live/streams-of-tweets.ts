import type { CatchesUp } from '@starling/platform/batching';
import {
  type Clock,
  every,
  type Following,
  type FollowTailOptions,
  followTail,
  type Watch,
} from '@starling/platform/live';
import type { CountReader } from '../count-reader.ts';
import { tweetPosted } from '../events.ts';
import { lookForConversationChange } from './conversation-change-store.ts';
import { liveConversations } from './live-conversations.ts';
import { liveTweets } from './live-tweets.ts';
import { oneValue } from './one-value.ts';
import { onlookers as createOnlookers, type OnlookersParts } from './onlookers.ts';
import type { ConversationUpdates, TweetUpdates } from './stream-updates.ts';

const LOOK_EVERY_MS = 1_000;

export interface StreamsOfTweetsParts extends OnlookersParts, Pick<FollowTailOptions, 'eventLog' | 'logger'> {
  readonly countReader: CountReader;
  /** What makes this process forget what it remembers of counts. */
  readonly counts: CatchesUp;
  /** What numbers the changes of conversations. */
  readonly conversations: CatchesUp;
  /** Every second when not given. */
  readonly clock?: Clock | undefined;
}

/** What somebody watches in this process: a tweet, or the conversation that a tweet is part of. Nobody needs an account. */
export interface LiveStreamsOfTweets {
  watchTweet(viewerId: string | null, tweetId: string, watch: Watch): Promise<AsyncIterableIterator<TweetUpdates>>;
  watchConversation(
    viewerId: string | null,
    tweetId: string,
    watch: Watch,
  ): Promise<AsyncIterableIterator<ConversationUpdates>>;
  /** Something has happened to these tweets, and what was remembered of them is forgotten. */
  heard(tweetIds: Iterable<string>): void;
  /** The same of all tweets. */
  heardOfAll(): void;
  start(): Promise<void>;
  /** Ends every stream. */
  stop(): Promise<void>;
}

export function streamsOfTweets(parts: StreamsOfTweetsParts): LiveStreamsOfTweets {
  const { database, eventLog, copies, counts, conversations, clock = every(LOOK_EVERY_MS), logger } = parts;
  const onlookers = createOnlookers(parts);
  const tweets = liveTweets({ ...parts, remembered: [...copies, counts], onlookers });
  const { tail, ...streams } = liveConversations({ database, onlookers, logger });
  const endings = new Set<() => void>();
  let following: Following | undefined;

  return {
    watchTweet: tweets.watch,
    heard: tweets.heard,
    heardOfAll: tweets.heardOfAll,
    async watchConversation(viewerId, tweetId, watch) {
      const focus = await onlookers.seen(viewerId, tweetId);
      if (focus) return streams.watch({ viewerId, focusId: tweetId, conversationId: focus.conversationId }, watch);
      return oneValue(await streams.nothing(tweetId, watch), endings);
    },
    async start() {
      following = await followTail({
        group: 'tweets.live-conversations',
        topics: [tweetPosted.topic],
        eventLog,
        copies: conversations,
        clock,
        drain: () => tail.drain(),
        async isBehind() {
          return tail.position !== undefined && (await lookForConversationChange(database)) !== tail.position;
        },
        logger,
      });
    },
    async stop() {
      tweets.endAll();
      streams.endAll();
      for (const end of [...endings]) end();
      await following?.stop();
    },
  };
}
