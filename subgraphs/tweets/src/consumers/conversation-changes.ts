import type { Consumer, Event } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { tweetDeleted, tweetPosted } from '../events.ts';
import { addConversationChanges, type Happened } from '../live/conversation-change-store.ts';

function happenedIn({ name, payload }: Event): Happened[] {
  if (name === tweetDeleted.name) return [{ tweetId: tweetDeleted.payload.parse(payload).tweetId, removed: true }];
  if (name !== tweetPosted.name) return [];
  const { tweetId, replyToTweetId } = tweetPosted.payload.parse(payload);
  return replyToTweetId === null ? [] : [{ tweetId, removed: false }];
}

/** Numbers what comes into conversations and leaves them. One group, one batch at a time: numbers come in the order of commits. */
export function conversationChanges(database: Database): Consumer {
  return {
    group: 'tweets.conversations',
    topics: [tweetPosted.topic],
    async handle(events) {
      const happened = events.flatMap(happenedIn);
      if (happened.length === 0) return;
      await database.transaction((transaction) => addConversationChanges(transaction, happened), { durable: false });
    },
  };
}
