import { act } from '../../act.ts';
import { dismissSuggestion as command } from '../../dismiss-suggestion.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const dismissSuggestion: NonNullable<MutationResolvers['dismissSuggestion']> = (_parent, { input }, context) =>
  act(context, input, command);
