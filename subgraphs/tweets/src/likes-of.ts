import { type Connection, type ConnectionArguments, readPage, toConnection } from '@starling/platform/pagination';
import { obstacle } from '@starling/visibility';
import { tweetConnection } from './connections.ts';
import type { Loaders } from './loaders.ts';
import type { Tweet } from './tweet-store.ts';
import { factsOf } from './visibility/relation.ts';

const NOTHING = { rows: [], hasNextPage: false, hasPreviousPage: false };

/** What an account likes. Whoever is not to be found among a tweet's likers is not to be found out from this side either. */
export async function likesOf(loaders: Loaders, userId: string, args: ConnectionArguments): Promise<Connection<Tweet>> {
  const list = `likes:${userId}`;
  readPage(list, args);
  if (obstacle('ownTweets', factsOf(await loaders.relationByUserId(userId))) === undefined) {
    return tweetConnection(loaders, list, loaders.pages.likes, userId, args);
  }
  return toConnection(
    list,
    NOTHING,
    () => [],
    (tweet: Tweet) => ({ node: tweet }),
  );
}
