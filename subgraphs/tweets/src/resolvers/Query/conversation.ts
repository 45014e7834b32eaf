import { parseId } from '@starling/platform/graphql';
import { readAnswersPage } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';
import { visibleTweet } from '../../visibility/look-up.ts';

export const conversation: NonNullable<QueryResolvers['conversation']> = async (_parent, args, { loaders }) => {
  const tweetId = parseId('tweetId', args.tweetId);
  const answers = readAnswersPage(tweetId, args);
  const focus = await visibleTweet(loaders, tweetId);
  return focus && { focus, answers };
};
