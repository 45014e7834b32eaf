import { parseId, requireViewer } from '@starling/platform/graphql';
import { deleteTweet as command } from '../../delete-tweet.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const deleteTweet: NonNullable<MutationResolvers['deleteTweet']> = async (_parent, { input }, context) => {
  const viewer = requireViewer(context);
  const tweetId = parseId('input.tweetId', input.tweetId);
  const outcome = await command(context.commands, { viewer, tweetId });
  if (!outcome.ok) return { deletedTweetId: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { deletedTweetId: outcome.value, userErrors: [] };
};
