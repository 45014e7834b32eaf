import { popularConnection } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';

export const popularTweets: NonNullable<QueryResolvers['popularTweets']> = (_parent, { window, ...args }, context) =>
  popularConnection(context.loaders, window ?? 'DAY', args);
