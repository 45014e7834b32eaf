import { snowflakeDate } from '@starling/platform/snowflake';
import type { HeldTweetResolvers } from './../generated/types.ts';
import { tweetOrTombstone } from '../visibility/look-up.ts';

export const HeldTweet: HeldTweetResolvers = {
  author: ({ authorId }) => ({ id: authorId }),
  replyTo: ({ replyToTweetId }, _args, { loaders }) =>
    replyToTweetId === null ? null : tweetOrTombstone(loaders, replyToTweetId),
  quoted: ({ quotedTweetId }, _args, { loaders }) =>
    quotedTweetId === null ? null : tweetOrTombstone(loaders, quotedTweetId),
  heldAt: ({ id }) => snowflakeDate(id),
};
