import { snowflakeDate } from '@starling/platform/snowflake';
import { answerConnection, readAnswersPage, tweetConnection, userConnection } from '../connections.ts';
import { countOf } from '../counts-of.ts';
import type { TweetResolvers } from './../generated/types.ts';
import { tweetOrTombstone, visibleTweet } from '../visibility/look-up.ts';

export const Tweet: TweetResolvers = {
  __resolveReference: (reference, { loaders }) =>
    visibleTweet(loaders, 'id' in reference ? reference.id : reference.nodeId),
  nodeId: ({ id }) => id,
  createdAt: ({ id }) => snowflakeDate(id),
  author: ({ authorId }) => ({ id: authorId }),
  replyTo: ({ replyToTweetId }, _args, { loaders }) =>
    replyToTweetId === null ? null : tweetOrTombstone(loaders, replyToTweetId),
  quoted: ({ quotedTweetId }, _args, { loaders }) =>
    quotedTweetId === null ? null : tweetOrTombstone(loaders, quotedTweetId),
  likeCount: (tweet, _args, { loaders }) => countOf(tweet, 'likes', loaders),
  retweetCount: (tweet, _args, { loaders }) => countOf(tweet, 'retweets', loaders),
  replyCount: (tweet, _args, { loaders }) => countOf(tweet, 'replies', loaders),
  quoteCount: (tweet, _args, { loaders }) => countOf(tweet, 'quotes', loaders),
  bookmarkCount: (tweet, _args, { loaders }) => countOf(tweet, 'bookmarks', loaders),
  viewCount: async ({ id }, _args, { loaders }) => (await loaders.viewsByTweetId.load(id))?.views ?? 0,
  viewer: (tweet, _args, { viewer }) => viewer && tweet,
  replies: ({ id }, args, { loaders }) => answerConnection(loaders, id, readAnswersPage(id, args)),
  likedBy: ({ id }, args, { loaders }) => userConnection(`likedBy:${id}`, loaders.pages.likers, id, args),
  retweetedBy: ({ id }, args, { loaders }) => userConnection(`retweetedBy:${id}`, loaders.pages.retweeters, id, args),
  quotes: ({ id }, args, { loaders }) => tweetConnection(loaders, `quotes:${id}`, loaders.pages.quotes, id, args),
};
