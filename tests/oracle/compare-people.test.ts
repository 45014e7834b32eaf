import { expect, test } from 'vitest';
import { compareOwn, comparePeople, compareSuggestions } from './compare-people.ts';
import { type Answers, edgesOf, madeUpReader, passes, wrongs } from './made-up.ts';
import { Model } from './model.ts';

const post = (id: string, author: string, replyTo: string | null = null) => ({
  ...{ id, author, replyTo, quoted: null },
  ...{ text: 'here', says: [], mentions: [] },
});

/** 2, 3 and 4 follow 5, of whom 1 follows 3 and 4; 5 has posted, answered 1 and itself, retweeted, pinned, and likes 100. */
function gathered(): Model {
  const model = new Model(['1', '2', '3', '4', '5']);
  for (const follower of ['2', '3', '4']) model.follow(follower, '5');
  for (const user of ['3', '4']) model.follow('1', user);
  model.post(post('100', '1'));
  model.post(post('101', '5'));
  model.post(post('102', '5', '100'));
  model.post(post('103', '5', '101'));
  model.retweet('5', '100');
  model.pin('5', '101');
  model.like('5', '100');
  return model;
}

const profile = (ids: readonly string[], pinned?: string) =>
  ids.map((id) => ({ node: { id }, isRetweet: id === '100', isPinned: id === pinned }));

const ACCOUNT = {
  ...{ isProtected: false, tweetCount: 3, followerCount: 3, followingCount: 0, pinnedTweet: { id: '101' } },
  viewer: {
    ...{ isFollowing: false, hasRequestedToFollow: false, isFollowedBy: false },
    ...{ isBlocking: false, isBlockedBy: false, isMuting: false, isMutingRetweets: false },
  },
};

const RIGHT: Answers = {
  'user 5': ACCOUNT,
  'followers of 5': edgesOf(['4', '3', '2']),
  'following of 5': [],
  'followersYouKnow of 5': edgesOf(['4', '3']),
  'TWEETS of 5': profile(['101', '100', '103'], '101'),
  'TWEETS_AND_REPLIES of 5': profile(['100', '103', '102', '101']),
  'MEDIA of 5': [],
  'likes of 5': edgesOf(['100']),
};

const isRight = (model: Model, answers: Answers) =>
  passes(comparePeople(model, madeUpReader('1', answers), [madeUpReader('5', {})], 9));

test('whoever is around an account is held against the model', async () => {
  const model = gathered();
  expect(await isRight(model, RIGHT)).toBe(true);
  for (const [list, ids] of [
    ['followers', ['4', '3', '2']],
    ['following', []],
    ['followersYouKnow', ['4', '3']],
    ['likes', ['100']],
  ] as const) {
    for (const wrong of wrongs(ids)) {
      expect(await isRight(model, { ...RIGHT, [`${list} of 5`]: edgesOf(wrong) }), `${list} ${wrong}`).toBe(false);
    }
  }
  // Whom the viewer does not follow is nobody that the viewer knows.
  expect(await isRight(model, { ...RIGHT, 'followersYouKnow of 5': edgesOf(['4', '3', '2']) })).toBe(false);
  model.block('3', '1');
  const without3 = { 'followers of 5': edgesOf(['4', '2']), 'followersYouKnow of 5': edgesOf(['4']) };
  expect(await isRight(model, { ...RIGHT, ...without3 })).toBe(true);
  expect(await isRight(model, RIGHT)).toBe(false);
});

test('the tabs of a profile are three lists', async () => {
  const model = gathered();
  for (const wrong of [
    { 'TWEETS of 5': profile(['101', '100', '103']) },
    { 'TWEETS of 5': profile(['100', '103', '101'], '101') },
    { 'TWEETS of 5': profile(['101', '100', '103', '102'], '101') },
    { 'TWEETS_AND_REPLIES of 5': profile(['101', '100', '103', '102']) },
    { 'TWEETS_AND_REPLIES of 5': profile(['100', '103', '101']) },
    { 'TWEETS_AND_REPLIES of 5': profile(['100', '103', '102', '101'], '101') },
    { 'MEDIA of 5': profile(['101']) },
  ]) {
    expect(await isRight(model, { ...RIGHT, ...wrong }), JSON.stringify(wrong)).toBe(false);
  }
  model.delete('5', '101');
  const unpinned = {
    ...{ 'TWEETS of 5': profile(['100', '103']), 'TWEETS_AND_REPLIES of 5': profile(['100', '103', '102']) },
    'user 5': { ...ACCOUNT, tweetCount: 2, pinnedTweet: null },
  };
  expect(await isRight(model, { ...RIGHT, ...unpinned })).toBe(true);
});

test('how two accounts stand to each other is held against the model', async () => {
  const model = gathered();
  for (const what of Object.keys(ACCOUNT.viewer)) {
    const viewer = { ...ACCOUNT.viewer, [what]: true };
    expect(await isRight(model, { ...RIGHT, 'user 5': { ...ACCOUNT, viewer } }), what).toBe(false);
  }
  model.mute('1', '5', true);
  expect(await isRight(model, RIGHT)).toBe(false);
  const viewer = { ...ACCOUNT.viewer, isMuting: true, isMutingRetweets: true };
  expect(await isRight(model, { ...RIGHT, 'user 5': { ...ACCOUNT, viewer } })).toBe(true);
  for (const wrong of [{ isProtected: true }, { followerCount: 2 }, { pinnedTweet: null }, { tweetCount: 4 }]) {
    expect(await isRight(model, { ...RIGHT, 'user 5': { ...ACCOUNT, viewer, ...wrong } })).toBe(false);
  }
});

test('what an account keeps for itself stands in the order of when it began', async () => {
  const model = new Model(['1', '2', '3', '4', '5']);
  model.block('1', '2');
  model.block('1', '3');
  model.mute('1', '4', false);
  model.mute('1', '5', true);
  // Changed, and where it was.
  model.mute('1', '4', true);
  model.protect('1');
  model.follow('4', '1');
  model.follow('5', '1');
  for (const phrase of ['day', 'news', 'day']) model.muteWord('1', phrase);
  for (const id of ['100', '101']) {
    model.post(post(id, '1'));
    model.bookmark('1', id);
  }
  const others = { followRequests: ['5', '4'], blockedUsers: ['3', '2'], mutedUsers: ['5', '4'] };
  const lists = { ...others, bookmarks: ['101', '100'] };
  const words = (phrases: readonly string[]) => phrases.map((phrase) => ({ phrase }));
  const right: Answers = {
    ...Object.fromEntries(Object.entries(lists).map(([list, ids]) => [list, edgesOf(ids)])),
    mutedKeywords: words(['news', 'day']),
  };
  const isRightOf1 = (answers: Answers) => passes(compareOwn(model, madeUpReader('1', answers), 9));
  expect(await isRightOf1(right)).toBe(true);
  for (const [list, ids] of Object.entries(lists)) {
    for (const wrong of wrongs(ids)) {
      expect(await isRightOf1({ ...right, [list]: edgesOf(wrong) }), `${list} ${wrong}`).toBe(false);
    }
  }
  for (const wrong of wrongs(['news', 'day'])) {
    expect(await isRightOf1({ ...right, mutedKeywords: words(wrong) }), wrong.join()).toBe(false);
  }
});

test('suggested are friends of friends by rank, and strangers where they stand, if they do', async () => {
  const model = new Model(['1', '2', '3', '4', '5', '6']);
  model.follow('1', '2');
  for (const user of ['3', '4', '5']) model.follow('2', user);
  model.follow('3', '5');
  model.follow('4', '6');
  const isRightOf1 = (ids: readonly string[]) =>
    passes(compareSuggestions(model, madeUpReader('1', { suggestedUsers: edgesOf(ids) })));
  // One friend follows each, and their sizes are of the same power of two: the larger id comes first.
  expect(await isRightOf1(['5', '4', '3'])).toBe(true);
  expect(await isRightOf1(['5', '4', '900', '3', '6', '901'])).toBe(true);
  for (const wrong of [
    ['5', '4'],
    ['4', '5', '3'],
    ['6', '5', '4', '3'],
    ['5', '4', '3', '2'],
    ['5', '4', '3', '1'],
  ]) {
    expect(await isRightOf1(wrong), wrong.join()).toBe(false);
  }
  for (const leaves of [
    () => model.dismiss('1', '4'),
    () => model.mute('1', '5', false),
    () => model.block('3', '1'),
  ]) {
    const before = model.suggestions('1').map(({ user }) => user);
    leaves();
    expect(await isRightOf1(before)).toBe(false);
  }
  expect(await isRightOf1([])).toBe(true);
});
