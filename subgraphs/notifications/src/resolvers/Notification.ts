import { parseId } from '@starling/platform/graphql';
import type { NotificationResolvers } from './../generated/types.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: (reference, { loaders }) =>
    loaders.notificationById.load(parseId('id', 'id' in reference ? reference.id : reference.nodeId)),
  nodeId: ({ id }) => id,
  createdAt: ({ createdMs }) => new Date(Number(createdMs)),
  updatedAt: ({ updatedMs }) => new Date(Number(updatedMs)),
  tweet: ({ tweetId }) => (tweetId === null ? null : { id: tweetId }),
  sampleActors: ({ actorIds }) => actorIds.map((id) => ({ id })),
  actorCount: ({ actorCount }) => Number(actorCount),
  milestone: ({ milestone }) => (milestone === null ? null : Number(milestone)),
};
