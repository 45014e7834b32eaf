import type { SameForAll } from '@starling/platform/graphql';
import type { Context } from './context.ts';
import type { Tweet } from './tweet-store.ts';

/**
 * Who may see a tweet sees the same: its row, and its counts, of which the row of memory is another when one has changed. A
 * reference to it is not: it resolves to nothing for whoever may not see it. An account is anybody's to name, and to count.
 */
export const sameForAll: Readonly<Record<string, SameForAll>> = {
  Tweet: {
    ofRow: ['nodeId', 'createdAt', 'author'],
    ofFact: {
      fields: ['likeCount', 'retweetCount', 'replyCount', 'quoteCount', 'bookmarkCount'],
      read: ({ id }: Tweet, { loaders }: Context) => loaders.countsByTweetId.load(id),
    },
  },
  User: { ofRow: [], ofReference: ['tweetCount'] },
};
