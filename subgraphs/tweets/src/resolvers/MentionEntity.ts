import type { MentionEntityResolvers } from './../generated/types.ts';

export const MentionEntity: MentionEntityResolvers = {
  user: ({ userId }) => (userId === null ? null : { id: userId }),
};
