import { expect, it } from 'vitest';
import {
  ApproveFollowRequestDocument,
  BlockUserDocument,
  DeclineFollowRequestDocument,
  DismissSuggestionDocument,
  FollowersDocument,
  FollowingDocument,
  FollowRequestsDocument,
  FollowUserDocument,
  HomeTimelineDocument,
  MutedKeywordsDocument,
  MuteKeywordDocument,
  MuteUserDocument,
  NodesDocument,
  ProfileDocument,
  SuggestedUsersDocument,
  UnblockUserDocument,
  UnfollowUserDocument,
  UnmuteKeywordDocument,
  UnmuteUserDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.ts';
import type { Client } from './people.ts';

export function graphContract(client: () => Client): void {
  it('FollowUser and UnfollowUser', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const input = { userId: bo.id };
    expect((await ada.ask(FollowUserDocument, { input })).followUser).toEqual({
      user: { id: bo.id, followerCount: 1, viewer: { isFollowing: true, hasRequestedToFollow: false } },
      userErrors: [],
    });
    expect((await ada.ask(UnfollowUserDocument, { input })).unfollowUser).toEqual({
      user: { id: bo.id, followerCount: 0, viewer: { isFollowing: false } },
      userErrors: [],
    });
    const self = await ada.ask(FollowUserDocument, { input: { userId: ada.id } });
    expect(self.followUser).toMatchObject({ user: null, userErrors: [{ code: 'SELF', field: ['input', 'userId'] }] });
  });

  it('FollowRequests, ApproveFollowRequest and DeclineFollowRequest', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    await ada.ask(UpdateProfileDocument, { input: { isProtected: true } });
    const tweetId = await ada.post('For followers.');
    for (const person of [bo, cy]) {
      expect((await person.ask(FollowUserDocument, { input: { userId: ada.id } })).followUser).toEqual({
        user: { id: ada.id, followerCount: 0, viewer: { isFollowing: false, hasRequestedToFollow: true } },
        userErrors: [],
      });
    }
    const page = await ada.ask(FollowRequestsDocument, { first: 1 });
    expect(page.followRequests).toMatchObject({
      edges: [{ node: { username: cy.username } }],
      pageInfo: { hasNextPage: true },
    });
    const rest = await ada.ask(FollowRequestsDocument, { after: page.followRequests?.pageInfo.endCursor ?? '' });
    expect(rest.followRequests).toMatchObject({
      edges: [{ node: { username: bo.username } }],
      pageInfo: { hasNextPage: false },
    });

    expect((await ada.ask(ApproveFollowRequestDocument, { input: { userId: bo.id } })).approveFollowRequest).toEqual({
      user: { id: bo.id, viewer: { isFollowedBy: true } },
      userErrors: [],
    });
    expect((await ada.ask(DeclineFollowRequestDocument, { input: { userId: cy.id } })).declineFollowRequest).toEqual({
      user: { id: cy.id },
      userErrors: [],
    });
    expect((await ada.ask(FollowRequestsDocument, {})).followRequests?.edges).toEqual([]);
    expect((await bo.ask(NodesDocument, { ids: [tweetId] })).nodes).toMatchObject([{ text: 'For followers.' }]);
    expect((await cy.ask(NodesDocument, { ids: [tweetId] })).nodes).toEqual([null]);
    const gone = await ada.ask(ApproveFollowRequestDocument, { input: { userId: cy.id } });
    expect(gone.approveFollowRequest).toMatchObject({
      user: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'userId'] }],
    });
  });

  it('Followers and Following', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    for (const person of [ada, cy]) await person.ask(FollowUserDocument, { input: { userId: bo.id } });
    await ada.ask(FollowUserDocument, { input: { userId: cy.id } });

    const { userByUsername } = await ada.ask(FollowersDocument, { username: bo.username, first: 1 });
    expect(userByUsername).toMatchObject({
      id: bo.id,
      followerCount: 2,
      followers: {
        edges: [{ node: { username: cy.username, viewer: { isFollowing: true } } }],
        pageInfo: { hasNextPage: true },
      },
    });
    const after = userByUsername?.followers?.pageInfo.endCursor ?? '';
    const rest = await ada.ask(FollowersDocument, { username: bo.username, first: 1, after });
    expect(rest.userByUsername?.followers).toMatchObject({
      edges: [{ node: { username: ada.username, viewer: { isFollowing: false } } }],
      pageInfo: { hasNextPage: false },
    });
    const following = await client().ask(FollowingDocument, { username: ada.username });
    expect(following.userByUsername).toMatchObject({
      followingCount: 2,
      following: { pageInfo: { hasNextPage: false } },
    });
    expect(following.userByUsername?.following?.edges.map(({ node }) => node?.id)).toEqual([cy.id, bo.id]);
  });

  it('BlockUser and UnblockUser', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    await bo.ask(FollowUserDocument, { input: { userId: ada.id } });
    const tweetId = await bo.post('Hidden soon.');
    const input = { userId: bo.id };
    expect((await ada.ask(BlockUserDocument, { input })).blockUser).toEqual({
      user: { id: bo.id, viewer: { isBlocking: true, isFollowing: false, isFollowedBy: false } },
      userErrors: [],
    });
    expect((await ada.ask(NodesDocument, { ids: [tweetId] })).nodes).toEqual([null]);
    const refused = await bo.ask(FollowUserDocument, { input: { userId: ada.id } });
    expect(refused.followUser.userErrors).toMatchObject([{ code: 'BLOCKED' }]);
    expect((await ada.ask(UnblockUserDocument, { input })).unblockUser).toEqual({
      user: { id: bo.id, viewer: { isBlocking: false } },
      userErrors: [],
    });
    expect((await ada.ask(NodesDocument, { ids: [tweetId] })).nodes).toMatchObject([{ text: 'Hidden soon.' }]);
  });

  it('MuteUser and UnmuteUser', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await ada.ask(MuteUserDocument, { input: { userId: bo.id, until } })).muteUser).toEqual({
      user: { id: bo.id, viewer: { isMuting: true, mutedUntil: until } },
      userErrors: [],
    });
    expect((await ada.ask(UnmuteUserDocument, { input: { userId: bo.id } })).unmuteUser).toEqual({
      user: { id: bo.id, viewer: { isMuting: false } },
      userErrors: [],
    });
  });

  it('MuteUser with `onlyRetweets`, as written', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const tweetId = await bo.post('Seen.');
    await ada.ask(FollowUserDocument, { input: { userId: bo.id } });
    const input = { userId: bo.id, onlyRetweets: true };
    expect((await ada.ask(MuteUserDocument, { input })).muteUser).toEqual({
      user: { id: bo.id, viewer: { isMuting: true, mutedUntil: null } },
      userErrors: [],
    });
    const home = await ada.ask(HomeTimelineDocument, { first: 5 });
    expect(home.homeTimeline?.edges.map(({ node }) => node?.id)).toEqual([tweetId]);
  });

  it('MuteKeyword, MutedKeywords and UnmuteKeyword', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    await ada.ask(FollowUserDocument, { input: { userId: bo.id } });
    const tweetId = await bo.post('The SEASON  finale: who it was.');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const home = async () =>
      (await ada.ask(HomeTimelineDocument, { first: 5 })).homeTimeline?.edges.map(({ node }) => node?.id);
    expect(await home()).toEqual([tweetId]);

    const { muteKeyword } = await ada.ask(MuteKeywordDocument, { input: { phrase: ' season finale ', until } });
    const id = muteKeyword.mutedKeyword?.id ?? '';
    expect(muteKeyword).toEqual({ mutedKeyword: { id, phrase: 'season finale', until }, userErrors: [] });
    expect(await home()).toEqual([]);
    expect((await ada.ask(MutedKeywordsDocument, {})).mutedKeywords).toEqual([{ id, phrase: 'season finale', until }]);
    expect((await bo.ask(MutedKeywordsDocument, {})).mutedKeywords).toEqual([]);
    expect((await ada.ask(NodesDocument, { ids: [id, tweetId] })).nodes).toMatchObject([
      { __typename: 'MutedKeyword', id },
      { __typename: 'Tweet', id: tweetId },
    ]);
    expect((await bo.ask(NodesDocument, { ids: [id] })).nodes).toEqual([null]);

    expect((await bo.ask(UnmuteKeywordDocument, { input: { mutedKeywordId: id } })).unmuteKeyword.userErrors).toEqual(
      [],
    );
    expect(await home()).toEqual([]);
    expect((await ada.ask(UnmuteKeywordDocument, { input: { mutedKeywordId: id } })).unmuteKeyword.userErrors).toEqual(
      [],
    );
    expect(await home()).toEqual([tweetId]);
    const refused = await ada.ask(MuteKeywordDocument, { input: { phrase: '?!' } });
    expect(refused.muteKeyword).toMatchObject({
      mutedKeyword: null,
      userErrors: [{ code: 'INVALID', field: ['input', 'phrase'] }],
    });
  });

  it('Profile', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const first = await bo.post('First.');
    const reply = await bo.post('To Ada.', { replyToTweetId: await ada.post('A question.') });
    const { userByUsername } = await ada.ask(ProfileDocument, { username: bo.username.toUpperCase() });
    expect(userByUsername).toMatchObject({
      id: bo.id,
      username: bo.username,
      bio: null,
      location: null,
      website: null,
      createdAt: expect.stringMatching(/Z$/),
      tweetCount: 2,
      followerCount: 0,
      followingCount: 0,
      pinnedTweet: null,
      viewer: {
        isSelf: false,
        isFollowing: false,
        isFollowedBy: false,
        hasRequestedToFollow: false,
        isBlocking: false,
        isBlockedBy: false,
        isMuting: false,
      },
      timeline: {
        edges: [{ isRetweet: false, isPinned: false, node: { id: first, text: 'First.', author: { id: bo.id } } }],
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
      },
    });
    const all = await ada.ask(ProfileDocument, { username: bo.username, filter: 'TWEETS_AND_REPLIES', first: 5 });
    expect(all.userByUsername?.timeline?.edges.map(({ node }) => node?.id)).toEqual([reply, first]);
    expect(await ada.ask(ProfileDocument, { username: client().freshName('nobody') })).toEqual({
      userByUsername: null,
    });
  });

  it('Nodes', async () => {
    const ada = await client().register('ada');
    const tweetId = await ada.post('Found by its id.');
    const invented = [(BigInt(tweetId) + 1n).toString(), (BigInt(ada.id) + 1n).toString()];
    const { nodes } = await client().ask(NodesDocument, { ids: [tweetId, ...invented, ada.id] });
    expect(nodes).toEqual([
      { __typename: 'Tweet', id: tweetId, text: 'Found by its id.', author: { username: ada.username } },
      null,
      null,
      { __typename: 'User', id: ada.id, username: ada.username },
    ]);
  });

  it('SuggestedUsers and DismissSuggestion', async () => {
    const [ada, bo, cy, di] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
      await client().register('di'),
    ];
    for (const person of [cy, di]) await bo.ask(FollowUserDocument, { input: { userId: person.id } });
    await ada.ask(FollowUserDocument, { input: { userId: bo.id } });
    const page = await ada.ask(SuggestedUsersDocument, { first: 1 });
    // Of equals the younger account stands first.
    expect(page.suggestedUsers).toMatchObject({
      edges: [{ node: { username: di.username } }],
      pageInfo: { hasNextPage: true },
    });
    const dismissed = await ada.ask(DismissSuggestionDocument, { input: { userId: di.id } });
    expect(dismissed.dismissSuggestion).toEqual({ user: { id: di.id }, userErrors: [] });
    const again = await ada.ask(SuggestedUsersDocument, { first: 1 });
    expect(again.suggestedUsers?.edges[0]?.node?.username).toBe(cy.username);
  });
}
