import type { Event } from '@starling/platform/event-log';
import type { Answer, AuthorCount, TweetCounts } from '../count-store.ts';
import type { Counter } from '../counters.ts';
import type { ViewersTweet } from '../engagement-store.ts';
import {
  tweetBookmarked,
  tweetBookmarkRemoved,
  tweetCountsCorrected,
  tweetDeleted,
  tweetLiked,
  tweetPosted,
  tweetRetweeted,
  tweetRetweetUndone,
  tweetUnliked,
} from '../events.ts';

/** What events change together: each tweet and each author once. */
export interface CountChanges {
  readonly tweets: TweetCounts[];
  readonly authors: AuthorCount[];
  readonly answers: Answer[];
  /** Answers that are deleted: they lose their place. */
  readonly goneAnswers: string[];
}

const ENGAGEMENT = [
  [tweetLiked, 'likes', 1],
  [tweetUnliked, 'likes', -1],
  [tweetRetweeted, 'retweets', 1],
  [tweetRetweetUndone, 'retweets', -1],
  [tweetBookmarked, 'bookmarks', 1],
  [tweetBookmarkRemoved, 'bookmarks', -1],
] as const;
const engagementByName = new Map(ENGAGEMENT.map(([type, counter, by]) => [type.name, { type, counter, by }]));

/** Whose counts the events touch, also where they cancel each other out, and what whoever did something sees otherwise now. */
export function touchedBy(events: readonly Event[]) {
  const tweetIds = new Set<string>();
  const authorIds = new Set<string>();
  const viewersTweets: ViewersTweet[] = [];
  for (const { name, payload } of events) {
    const engagement = engagementByName.get(name);
    if (engagement) {
      const done = engagement.type.payload.parse(payload);
      tweetIds.add(done.tweetId);
      const viewerId = 'retweeterId' in done ? done.retweeterId : done.userId;
      viewersTweets.push({ viewerId, tweetId: done.tweetId });
    } else if (name === tweetPosted.name || name === tweetDeleted.name) {
      const tweet = tweetDeleted.payload.parse(payload);
      authorIds.add(tweet.authorId);
      for (const id of [tweet.replyToTweetId, tweet.quotedTweetId]) if (id !== null) tweetIds.add(id);
    } else if (name === tweetCountsCorrected.name) {
      tweetIds.add(tweetCountsCorrected.payload.parse(payload).tweetId);
    }
  }
  return { tweetIds, authorIds, viewersTweets };
}

export function countChanges(events: readonly Pick<Event, 'name' | 'payload'>[]): CountChanges {
  const tweets = new Map<string, Record<Counter, number>>();
  const authors = new Map<string, number>();
  const answers = new Map<string, Answer>();
  const goneAnswers = new Set<string>();

  const add = (tweetId: string | null, counter: Counter, by: number) => {
    if (tweetId === null) return;
    const known = tweets.get(tweetId) ?? { likes: 0, retweets: 0, replies: 0, quotes: 0, bookmarks: 0 };
    known[counter] += by;
    tweets.set(tweetId, known);
  };
  /** A tweet counts for its author, for what it answers and for what it quotes, from its posting to its deletion. */
  const addTweet = (
    tweet: { authorId: string; replyToTweetId: string | null; quotedTweetId: string | null },
    by: number,
  ) => {
    authors.set(tweet.authorId, (authors.get(tweet.authorId) ?? 0) + by);
    add(tweet.replyToTweetId, 'replies', by);
    add(tweet.quotedTweetId, 'quotes', by);
  };

  for (const { name, payload } of events) {
    const engagement = engagementByName.get(name);
    if (engagement) {
      add(engagement.type.payload.parse(payload).tweetId, engagement.counter, engagement.by);
    } else if (name === tweetPosted.name) {
      const tweet = tweetPosted.payload.parse(payload);
      addTweet(tweet, 1);
      if (tweet.replyToTweetId !== null) {
        answers.set(tweet.tweetId, {
          tweetId: tweet.tweetId,
          answeredTweetId: tweet.replyToTweetId,
          byAnsweredAuthor: tweet.replyToAuthorId === tweet.authorId,
        });
      }
    } else if (name === tweetDeleted.name) {
      const tweet = tweetDeleted.payload.parse(payload);
      addTweet(tweet, -1);
      answers.delete(tweet.tweetId);
      if (tweet.replyToTweetId !== null) goneAnswers.add(tweet.tweetId);
    }
  }

  return {
    tweets: [...tweets]
      .map(([tweetId, counts]) => ({ tweetId, ...counts }))
      .filter(({ tweetId: _, ...counts }) => Object.values(counts).some((by) => by !== 0)),
    authors: [...authors].map(([userId, by]) => ({ userId, tweets: by })).filter((change) => change.tweets !== 0),
    answers: [...answers.values()],
    goneAnswers: [...goneAnswers],
  };
}
