import { parseId } from '@starling/platform/graphql';
import type { UserResolvers } from './../generated/types.ts';
import { profilePage } from '../profile/profile-page.ts';

export const User: UserResolvers = {
  // Whether there is such an account is for its owner to say.
  __resolveReference: ({ id }) => ({ id: parseId('id', id) }),
  timeline: ({ id }, { filter, ...args }, { profileLoader }) =>
    profilePage(profileLoader, id, filter ?? 'TWEETS', args),
};
