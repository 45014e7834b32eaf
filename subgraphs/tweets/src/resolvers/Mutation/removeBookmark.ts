import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { removeBookmarkOfTweet as command } from '../../remove-bookmark.ts';

export const removeBookmark: NonNullable<MutationResolvers['removeBookmark']> = (_parent, { input }, context) =>
  act(context, input, command);
