import type { CatchesUp } from '@starling/platform/batching';
import type { Consumer, Event } from '@starling/platform/event-log';
import { COPIED_TOPICS, POPULAR_TOPIC, PUSH_LIMIT_TOPIC, TWEET_TOPIC, understand } from '../events.ts';
import type { ChangedFacts, HomeFacts } from './home-facts.ts';

function changedBy(events: readonly Event[]): ChangedFacts {
  const viewerIds = new Set<string>();
  const accountIds = new Set<string>();
  const followedIds = new Set<string>();
  const actorIds = new Set<string>();
  const tweetIds = new Set<string>();
  const entryIds = new Set<string>();
  for (const event of events.map(understand)) {
    switch (event?.name) {
      case 'account.profile-changed.v1':
        accountIds.add(event.payload.userId);
        break;
      case 'tweet.deleted.v1':
        tweetIds.add(event.payload.tweetId);
        actorIds.add(event.payload.authorId);
        break;
      case 'tweet.posted.v1':
        entryIds.add(event.payload.tweetId);
        actorIds.add(event.payload.authorId);
        break;
      case 'tweet.retweeted.v1':
      case 'tweet.retweet-undone.v1':
        entryIds.add(event.payload.retweetId);
        actorIds.add(event.payload.retweeterId);
        break;
      case 'tweet.pinned.v1':
      case 'tweet.unpinned.v1':
        actorIds.add(event.payload.userId);
        break;
      case 'user.followed.v1':
      case 'user.unfollowed.v1':
        viewerIds.add(event.payload.followerId);
        followedIds.add(event.payload.followeeId);
        break;
      case 'user.blocked.v1':
      case 'user.unblocked.v1':
        viewerIds.add(event.payload.blockerId).add(event.payload.blockedId);
        break;
      case 'user.muted.v1':
      case 'user.unmuted.v1':
      case 'keyword.muted.v1':
      case 'keyword.unmuted.v1':
        viewerIds.add(event.payload.muterId);
        break;
      default:
    }
  }
  return {
    viewerIds: [...viewerIds],
    accountIds: [...accountIds],
    followedIds: [...followedIds],
    actorIds: [...actorIds],
    tweetIds: [...tweetIds],
    entryIds: [...entryIds],
    pushLimit: events.some(({ topic }) => topic === PUSH_LIMIT_TOPIC),
    popular: events.some(({ topic }) => topic === POPULAR_TOPIC),
    entries: events.some(({ topic }) => topic === TWEET_TOPIC),
  };
}

/**
 * Makes this process forget what it remembers of homes and of accounts' own timelines, once the copies hold what has changed. An interruption of the
 * database may undo copies, and with them the numbers of changes: then everything is forgotten.
 */
export function forgetFacts(facts: HomeFacts, copies: CatchesUp): Consumer {
  return {
    group: 'timeline.facts',
    topics: [...COPIED_TOPICS, PUSH_LIMIT_TOPIC],
    offset: 'memory',
    async handle(events, asOf) {
      const changed = changedBy(events);
      await copies.caughtUp(asOf);
      await facts.forget(changed);
    },
    interrupted: () => facts.clear(),
  };
}
