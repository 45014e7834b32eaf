import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { undoRetweet as command } from '../../undo-retweet.ts';

export const undoRetweet: NonNullable<MutationResolvers['undoRetweet']> = (_parent, { input }, context) =>
  act(context, input, command);
