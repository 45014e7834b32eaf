import { after } from '@starling/platform/batching';
import { snowflakeDate } from '@starling/platform/snowflake';
import { answerConnection, readAnswersPage, tweetConnection, userConnection } from '../connections.ts';
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
  likeCount: ({ id }, _args, { loaders }) => after(loaders.countsByTweetId.load(id), (counts) => counts?.likes ?? 0),
  retweetCount: ({ id }, _args, { loaders }) =>
    after(loaders.countsByTweetId.load(id), (counts) => counts?.retweets ?? 0),
  replyCount: ({ id }, _args, { loaders }) => after(loaders.countsByTweetId.load(id), (counts) => counts?.replies ?? 0),
  quoteCount: ({ id }, _args, { loaders }) => after(loaders.countsByTweetId.load(id), (counts) => counts?.quotes ?? 0),
  bookmarkCount: ({ id }, _args, { loaders }) =>
    after(loaders.countsByTweetId.load(id), (counts) => counts?.bookmarks ?? 0),
  viewer: (tweet, _args, { viewer }) => viewer && tweet,
  replies: ({ id }, args, { loaders }) => answerConnection(loaders, id, readAnswersPage(id, args)),
  likedBy: ({ id }, args, { loaders }) => userConnection(`likedBy:${id}`, loaders.likersPage, id, args),
  retweetedBy: ({ id }, args, { loaders }) => userConnection(`retweetedBy:${id}`, loaders.retweetersPage, id, args),
  quotes: ({ id }, args, { loaders }) => tweetConnection(loaders, `quotes:${id}`, loaders.quotesPage, id, args),
};
