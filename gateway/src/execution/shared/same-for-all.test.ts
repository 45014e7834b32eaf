import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { committedSupergraph, loadSupergraph } from '../supergraph.ts';
import { sameForAll } from './same-for-all.ts';
import { sharedVariables } from './shared-variables.ts';

const { sdl, schema } = loadSupergraph(committedSupergraph());
const isSame = sameForAll(sdl, schema);
const ofTweet = (fields: string) =>
  isSame(
    parse(`subscription ($tweetId: ID!) { conversationUpdates(tweetId: $tweetId) {
    __typename ... on TweetAdded { cursor tweet { ${fields} } } } }`),
  );

describe('what is the same for all', () => {
  it.each([
    'id text createdAt',
    'likeCount viewCount author { username displayName followerCount }',
    'entities { mentions { username user { id } } urls { url } }',
  ])('is: %s', (fields) => {
    expect(ofTweet(fields)).toBe(true);
  });

  it.each([
    'viewer { hasLiked }',
    'replyTo { ... on TweetTombstone { reason } }',
    'replies { nodes { id } }',
    'likedBy { nodes { id } }',
    'author { viewer { isFollowing } }',
    'author { pinnedTweet { id } }',
    'author { account { email } }',
    'author { followers { nodes { id } } }',
  ])('is not: %s', (fields) => {
    expect(ofTweet(fields)).toBe(false);
  });

  it('is not what a fragment hides', () => {
    const document = parse(`subscription { conversationUpdates(tweetId: "1") { ...Update } }
      fragment Update on TweetAdded { tweet { id ...More } } fragment More on Tweet { quoted { __typename } }`);
    expect(isSame(document)).toBe(false);
  });

  it('is nothing of the notifications of somebody, nor what nobody has spoken of', () => {
    expect(isSame(parse('subscription { notificationAdded { ... on StreamGap { cursor } } }'))).toBe(false);
    expect(isSame(parse('subscription { homeTimelineUpdates { ... on StreamGap { cursor } } }'))).toBe(true);
    expect(isSame(parse('{ node(id: "1") { id } }'))).toBe(false);
  });
});

describe('the variables that events depend on', () => {
  it('are all but where the stream begins', () => {
    const document = parse(`subscription S($tweetId: ID!, $from: String, $full: Boolean!, $first: Int) {
      conversationUpdates(tweetId: $tweetId, after: $from) { ... on TweetAdded { tweet { id @include(if: $full) ...F } } } }
      fragment F on Tweet { replies(first: $first, after: $from) { nodes { id } } }`);
    expect(sharedVariables(document, 'S')).toEqual(['first', 'from', 'full', 'tweetId']);
    const alone = parse(
      'subscription S($t: ID!, $from: String) { conversationUpdates(tweetId: $t, after: $from) { __typename } }',
    );
    expect(sharedVariables(alone, 'S')).toEqual(['t']);
  });
});
