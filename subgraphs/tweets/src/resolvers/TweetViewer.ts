import { isModerator } from '../delete-tweet.ts';
import type { TweetViewerResolvers } from './../generated/types.ts';
import { mayAnswer } from '../visibility/relation.ts';

export const TweetViewer: TweetViewerResolvers = {
  isAuthor: ({ authorId }, _args, { viewer }) => viewer?.userId === authorId,
  hasLiked: async ({ id }, _args, { loaders }) => (await loaders.viewerStateByTweetId.load(id))?.hasLiked ?? false,
  hasRetweeted: async ({ id }, _args, { loaders }) =>
    (await loaders.viewerStateByTweetId.load(id))?.hasRetweeted ?? false,
  hasBookmarked: async ({ id }, _args, { loaders }) =>
    (await loaders.viewerStateByTweetId.load(id))?.hasBookmarked ?? false,
  canReply: async ({ authorId }, _args, { loaders }) => mayAnswer(await loaders.relationByUserId(authorId)),
  canDelete: ({ authorId }, _args, { viewer }) =>
    viewer !== null && (viewer.userId === authorId || isModerator(viewer)),
};
