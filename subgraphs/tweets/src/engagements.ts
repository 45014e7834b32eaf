import { together } from '@starling/platform/batching';
import type { EventLog, NewEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused } from '@starling/platform/graphql';
import type { Database, Statement } from '@starling/platform/postgres';
import { engage, engagementStatements } from './engagement-batch-store.ts';
import { bookmarked, bookmarkRemoved, type Engagement, liked, unliked } from './events.ts';
import { mistakeInTarget, noSuchTweet } from './targets.ts';

/** Somebody does something with one tweet, after what keeps the copies was asked. Answers the tweet's id. */
type Engage = (act: { readonly viewerId: string; readonly tweetId: string }) => Promise<Outcome<string>>;

/** What many do at the same moment, often with one tweet: done in one transaction for all who come together. */
export interface Engagements {
  readonly like: Engage;
  readonly unlike: Engage;
  readonly bookmark: Engage;
  readonly removeBookmark: Engage;
}

export function createEngagements(database: Database, eventLog: Pick<EventLog, 'append'>): Engagements {
  const engagement = (change: Statement, eventOf: (done: Engagement) => NewEvent): Engage =>
    together(async (acts) =>
      database.transaction(async (transaction) => {
        const found = new Map((await engage(transaction, change, acts)).map((row) => [row.place, row]));
        const events: NewEvent[] = [];
        const outcomes = acts.map(({ viewerId, tweetId }, place): Outcome<string> => {
          const row = found.get(place + 1);
          const mistake = row ? mistakeInTarget(row, row, 'tweetId') : noSuchTweet('tweetId');
          if (mistake) return refused(mistake);
          if (row?.isChanged) events.push(eventOf({ tweetId, authorId: row.authorId, userId: viewerId }));
          return done(tweetId);
        });
        await eventLog.append(transaction, events);
        return outcomes;
      }),
    );
  return {
    like: engagement(engagementStatements.like, liked),
    unlike: engagement(engagementStatements.unlike, unliked),
    bookmark: engagement(engagementStatements.bookmark, bookmarked),
    removeBookmark: engagement(engagementStatements.removeBookmark, bookmarkRemoved),
  };
}
