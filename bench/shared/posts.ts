import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@starling/platform/event-log';
import { makeSnowflake } from '@starling/platform/snowflake';

let sequence = 0;

/** An id like those of tweets posted at this moment, later than all before. */
export function newTweetId(): string {
  sequence++;
  return makeSnowflake({ ms: Date.now(), kind: 'tweet', writer: (sequence >> 12) & 63, sequence: sequence & 4_095 });
}

/** What is published when the author posts. */
export function posted(tweetId: string, authorId: string): NewEvent {
  return {
    id: randomUUID(),
    topic: 'tweets.tweet',
    name: 'tweet.posted.v1',
    key: tweetId,
    payload: {
      tweetId,
      authorId,
      conversationId: tweetId,
      replyToTweetId: null,
      replyToAuthorId: null,
      quotedTweetId: null,
      mentionedUserIds: [],
      hasMedia: false,
    },
  };
}
