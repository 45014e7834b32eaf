import { snowflakeMs } from '@starling/platform/snowflake';
import type { KnownEvent } from '../events.ts';
import { type Act, NO_TWEET, NOBODY } from './act.ts';

type PostedTweet = KnownEvent<'tweet.posted.v1'>['payload'];

/** Whom a tweet answers or mentions; each of them is told of it once. Whom it quotes is not in the event. */
function actsOfTweet({ tweetId, authorId, replyToAuthorId, mentionedUserIds }: PostedTweet): Act[] {
  const act = { subjectId: tweetId, actorId: authorId, atMs: snowflakeMs(tweetId), sourceId: null, stands: true };
  const mentioned = new Set(mentionedUserIds);
  mentioned.delete(authorId);
  if (replyToAuthorId !== null) mentioned.delete(replyToAuthorId);
  return [
    ...(replyToAuthorId === null || replyToAuthorId === authorId
      ? []
      : [{ ...act, recipientId: replyToAuthorId, kind: 'REPLY' as const }]),
    ...[...mentioned].map((recipientId) => ({ ...act, recipientId, kind: 'MENTION' as const })),
  ];
}

/** What an event tells of acts. Likes of one's own tweets are among them: they count towards milestones. */
export function actsOf(event: KnownEvent): Act[] {
  const occurredMs = event.occurredAt.getTime();
  switch (event.name) {
    case 'tweet.posted.v1':
      return actsOfTweet(event.payload);
    case 'tweet.liked.v1':
    case 'tweet.unliked.v1': {
      const { tweetId: subjectId, authorId: recipientId, userId: actorId } = event.payload;
      const stands = event.name === 'tweet.liked.v1';
      return [{ recipientId, kind: 'LIKE', subjectId, actorId, atMs: occurredMs, sourceId: null, stands }];
    }
    case 'tweet.retweeted.v1':
    case 'tweet.retweet-undone.v1': {
      const { retweetId: sourceId, tweetId: subjectId, authorId: recipientId, retweeterId: actorId } = event.payload;
      if (actorId === recipientId) return [];
      const stands = event.name === 'tweet.retweeted.v1';
      return [{ recipientId, kind: 'RETWEET', subjectId, actorId, atMs: snowflakeMs(sourceId), sourceId, stands }];
    }
    case 'user.followed.v1':
    case 'user.unfollowed.v1':
    case 'user.follow-requested.v1':
    case 'user.follow-request-removed.v1': {
      const { followerId: actorId, followeeId: recipientId } = event.payload;
      const kind = event.name.startsWith('user.follow-request') ? 'FOLLOW_REQUEST' : 'FOLLOW';
      const stands = event.name === 'user.followed.v1' || event.name === 'user.follow-requested.v1';
      return [{ recipientId, kind, subjectId: NO_TWEET, actorId, atMs: occurredMs, sourceId: null, stands }];
    }
    // Of what is discarded there is no tweet: the Snowflake under which it waited stands for it.
    case 'held-tweet.released.v1':
    case 'held-tweet.discarded.v1': {
      const { authorId: recipientId } = event.payload;
      const subjectId = event.name === 'held-tweet.released.v1' ? event.payload.tweetId : event.payload.heldTweetId;
      const decided = { kind: 'MODERATION', actorId: NOBODY, sourceId: null, stands: true } as const;
      return [{ ...decided, recipientId, subjectId, atMs: occurredMs }];
    }
    default:
      return [];
  }
}
