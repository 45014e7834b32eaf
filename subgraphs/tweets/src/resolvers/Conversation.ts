import { answerConnection, readAnswersPage } from '../connections.ts';
import type { ConversationResolvers } from './../generated/types.ts';
import { tweetOrTombstone } from '../visibility/look-up.ts';

export const Conversation: ConversationResolvers = {
  root: ({ focus }, _args, { loaders }) => tweetOrTombstone(loaders, focus.conversationId),
  async ancestors({ focus }, _args, { loaders }) {
    const above = await loaders.ancestorsOf(focus);
    const places = await Promise.all(above.map((tweetId) => tweetOrTombstone(loaders, tweetId)));
    return places.filter((place) => place !== null);
  },
  replies({ focus, answers }, args, { loaders }) {
    const isOwnPage = Object.values(args).some((argument) => argument != null);
    return answerConnection(loaders, focus.id, isOwnPage ? readAnswersPage(focus.id, args) : answers);
  },
};
