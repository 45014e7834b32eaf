import { parseId } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';
import { visibleTweet } from '../../visibility/look-up.ts';

export const tweet: NonNullable<QueryResolvers['tweet']> = (_parent, { id }, { loaders }) =>
  visibleTweet(loaders, parseId('id', id));
