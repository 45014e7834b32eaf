import { parseId, requireViewer } from '@starling/platform/graphql';
import { tweetPayload } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { postTweet as command } from '../../post-tweet.ts';

export const postTweet: NonNullable<MutationResolvers['postTweet']> = async (_parent, { input }, context) => {
  const { userId: viewerId } = requireViewer(context);
  const { text, replyToTweetId, quotedTweetId, idempotencyKey } = input;
  const outcome = await command(context.commands, {
    viewerId,
    text,
    replyToTweetId: replyToTweetId == null ? null : parseId('input.replyToTweetId', replyToTweetId),
    quotedTweetId: quotedTweetId == null ? null : parseId('input.quotedTweetId', quotedTweetId),
    idempotencyKey: idempotencyKey ?? null,
  });
  return tweetPayload(context, outcome);
};
