import { after } from '@starling/platform/batching';
import { isModerator } from '../delete-tweet.ts';
import type { TweetViewerResolvers } from './../generated/types.ts';
import { mayAnswer } from '../visibility/relation.ts';

export const TweetViewer: TweetViewerResolvers = {
  isAuthor: ({ authorId }, _args, { viewer }) => viewer?.userId === authorId,
  hasLiked: ({ id }, _args, { loaders }) => after(loaders.viewerStateOf(id), (done) => done?.hasLiked ?? false),
  hasRetweeted: ({ id }, _args, { loaders }) => after(loaders.viewerStateOf(id), (done) => done?.hasRetweeted ?? false),
  hasBookmarked: ({ id }, _args, { loaders }) =>
    after(loaders.viewerStateOf(id), (done) => done?.hasBookmarked ?? false),
  canReply: ({ authorId }, _args, { loaders }) => after(loaders.relationByUserId(authorId), mayAnswer),
  canDelete: ({ authorId }, _args, { viewer }) =>
    viewer !== null && (viewer.userId === authorId || isModerator(viewer)),
};
