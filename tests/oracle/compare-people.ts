import { expect } from 'vitest';
import { idsOf, type Person, PROFILE_TABS, readLists } from './client.ts';
import type { Model } from './model.ts';

const tab = (filter: string) => ({
  field: 'timeline',
  more: `filter: ${filter}`,
  selection: 'isRetweet isPinned node { id }',
});

const OF_ACCOUNT = {
  ...{ followers: { field: 'followers' }, following: { field: 'following' } },
  ...{ followersYouKnow: { field: 'followersYouKnow' }, liked: { field: 'likes' } },
  ...{ TWEETS: tab('TWEETS'), TWEETS_AND_REPLIES: tab('TWEETS_AND_REPLIES'), MEDIA: tab('MEDIA') },
};

const OF_VIEWER = {
  ...{ bookmarked: { field: 'bookmarks' }, askers: { field: 'followRequests' } },
  ...{ blockedBy: { field: 'blockedUsers' }, mutedBy: { field: 'mutedUsers' } },
};

/** Suggestions are of everybody who has an account: of many pages, most of whom no model knows. */
const SUGGESTED_AT_ONCE = 100;

/** Every account as somebody sees it: who is around it, what it wrote and likes, its counts, and how the two stand to each other. */
export async function comparePeople(
  model: Model,
  person: Person,
  people: readonly Person[],
  size: number,
): Promise<void> {
  for (const { id, username } of people) {
    const label = `${username} as ${person.username}`;
    const found = await readLists(person, ['user', id], OF_ACCOUNT, size);
    for (const list of ['followers', 'following', 'followersYouKnow', 'liked'] as const) {
      expect(idsOf(found[list]), `${list} of ${label}`).toEqual(model[list](person.id, id));
    }
    for (const filter of PROFILE_TABS) {
      const entries = found[filter].map(({ node, isRetweet, isPinned }) => ({ tweet: node?.id, isRetweet, isPinned }));
      const expected = model
        .profile(person.id, id, filter)
        .map(({ tweet, retweetedBy, isPinned }) => ({ tweet, isRetweet: retweetedBy !== null, isPinned }));
      expect(entries, `${filter} of the profile of ${label}`).toEqual(expected);
    }
    const data = await person.ask(
      `query ($id: ID!) { user(id: $id) {
         isProtected tweetCount followerCount followingCount pinnedTweet { id } viewer {
           isFollowing hasRequestedToFollow isFollowedBy isBlocking isBlockedBy isMuting isMutingRetweets } } }`,
      { id },
    );
    const { tweets, followers, following } = model.accountCounts(id);
    const pinned = model.pinned(person.id, id);
    expect(data, `counts of ${label}`).toEqual({
      user: {
        isProtected: model.isProtected(id),
        tweetCount: tweets,
        followerCount: followers,
        followingCount: following,
        pinnedTweet: pinned === null ? null : { id: pinned },
        viewer: model.relation(person.id, id),
      },
    });
  }
}

/** What nobody else sees: bookmarks, whom and what somebody blocks and mutes, and who asks to follow them. */
export async function compareOwn(model: Model, person: Person, size: number): Promise<void> {
  const { id, username } = person;
  const found = await readLists(person, null, OF_VIEWER, size);
  expect(idsOf(found.bookmarked), `bookmarks of ${username}`).toEqual(model.bookmarked(id));
  expect(idsOf(found.askers), `who asks to follow ${username}`).toEqual(model.askers(id));
  expect(idsOf(found.blockedBy), `blocked by ${username}`).toEqual(model.blockedBy(id));
  expect(idsOf(found.mutedBy), `muted by ${username}`).toEqual(model.mutedBy(id));
  const { mutedKeywords } = await person.ask<{ mutedKeywords: { phrase: string }[] }>('{ mutedKeywords { phrase } }');
  expect(
    mutedKeywords.map(({ phrase }) => phrase),
    `words muted by ${username}`,
  ).toEqual(model.mutedWords(id));
}

/**
 * Whom somebody may want to follow, of those whom the model knows. Those whom no friend follows stand there when they are among
 * the largest of all, and who those are no model knows.
 */
export async function compareSuggestions(model: Model, person: Person): Promise<void> {
  const lists = { suggested: { field: 'suggestedUsers' } };
  const { suggested } = await readLists(person, null, lists, SUGGESTED_AT_ONCE, 'forwards');
  const found = idsOf(suggested).filter((id) => id !== undefined && model.accounts.includes(id));
  const expected = model.suggestions(person.id).filter(({ user, friends }) => friends > 0 || found.includes(user));
  expect(found, `suggested to ${person.username}`).toEqual(expected.map(({ user }) => user));
}
