import type { MutationResolvers } from './../../generated/types.ts';
import { recordTweetViews as command } from '../../record-tweet-views.ts';

export const recordTweetViews: NonNullable<MutationResolvers['recordTweetViews']> = (_parent, { input }, context) =>
  command(context, input);
