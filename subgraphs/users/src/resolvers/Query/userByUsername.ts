import type { QueryResolvers } from '../../generated/types.ts';
import { isUsername } from '../../usernames.ts';

export const userByUsername: NonNullable<QueryResolvers['userByUsername']> = (_parent, { username }, { loaders }) =>
  isUsername(username) ? loaders.accountByUsername(username) : null;
