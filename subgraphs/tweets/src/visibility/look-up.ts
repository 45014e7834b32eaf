import type { Soon } from '@starling/platform/batching';
import { obstacle } from '@starling/visibility';
import type { Loaders } from '../loaders.ts';
import type { Tweet, TweetRow } from '../tweet-store.ts';
import { factsOf, isSeen } from './relation.ts';

/** What is to be seen where a place must be kept. */
export type TweetOrTombstone =
  | (Tweet & { readonly __typename: 'Tweet' })
  | {
      readonly __typename: 'TweetTombstone';
      readonly tweetId: string;
      readonly reason: 'DELETED' | 'BLOCKED' | 'AUTHOR_PROTECTED';
    };

/** The row of a tweet that the viewer may see, else null. */
function shown(loaders: Loaders, row: TweetRow | null): Soon<Tweet | null> {
  if (!row || row.isDeleted) return null;
  const relation = loaders.relationByUserId(row.authorId);
  if (relation instanceof Promise) return relation.then((found) => (isSeen(found) ? row : null));
  return isSeen(relation) ? row : null;
}

/** The tweet, or null when there is none that the viewer may see. */
export function visibleTweet(loaders: Loaders, id: string): Soon<Tweet | null> {
  // Asked of every tweet of every page: where nothing is waited for, nothing is made.
  const row = loaders.tweetRowById.load(id);
  return row instanceof Promise ? row.then((found) => shown(loaders, found)) : shown(loaders, row);
}

const placedRows = new WeakMap<Tweet, Tweet & { readonly __typename: 'Tweet' }>();

/** The row that tells its type: one object for each row, since what everybody sees is kept with it. */
function placed(row: Tweet): TweetOrTombstone {
  let tweet = placedRows.get(row);
  if (!tweet) {
    tweet = { __typename: 'Tweet', ...row };
    placedRows.set(row, tweet);
  }
  return tweet;
}

/** The tweet or its tombstone; null when there never was such a tweet. */
export async function tweetOrTombstone(loaders: Loaders, id: string): Promise<TweetOrTombstone | null> {
  const row = await loaders.tweetRowById.load(id);
  if (!row) return null;
  const tombstone = { __typename: 'TweetTombstone', tweetId: id } as const;
  if (row.isDeleted) return { ...tombstone, reason: 'DELETED' };
  const reason = obstacle('keptPlace', factsOf(await loaders.relationByUserId(row.authorId)));
  return reason === undefined ? placed(row) : { ...tombstone, reason };
}
