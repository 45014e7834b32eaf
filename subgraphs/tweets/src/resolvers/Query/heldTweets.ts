import type { QueryResolvers } from './../../generated/types.ts';
import { heldTweetConnection } from '../../held-tweets.ts';

export const heldTweets: NonNullable<QueryResolvers['heldTweets']> = (_parent, args, context) =>
  heldTweetConnection(context, args);
