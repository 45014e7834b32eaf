import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const HOME = `query {
  homeTimeline(first: 20) {
    edges {
      retweetedBy { username }
      node { id likeCount bookmarkCount author { username displayName tweetCount } viewer { hasLiked hasRetweeted } }
    }
  }
}`;

interface Home {
  readonly homeTimeline: {
    readonly edges: {
      readonly retweetedBy: { readonly username: string } | null;
      readonly node: Readonly<Record<string, unknown>> & {
        readonly id: string;
        readonly author: object;
        readonly viewer: object;
      };
    }[];
  };
}

type Doing = (people: People) => Promise<unknown>;

interface People {
  readonly reader: Person;
  readonly friend: Person;
  readonly repeater: Person;
  readonly stranger: Person;
  readonly tweetId: string;
  readonly repeatedId: string;
}

describe('what one instance changes', () => {
  let here: RunningStarling;
  let there: RunningStarling;
  beforeAll(async () => {
    here = await startStarling({ shape: 'one-process' });
    there = await startStarling({ shape: 'one-process', beside: here });
  });
  afterAll(async () => {
    await there?.stop();
    await here?.stop();
  });

  const asked = async (
    one: RunningStarling,
    by: Person,
    mutation: string,
    input: object,
    answer = 'userErrors { code }',
  ) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${answer} } }`;
    const { data, errors } = await one.graphql<{ done: { userErrors: [] } }>(document, { input }, by.accessToken);
    expect(errors).toBeUndefined();
    expect(data?.done.userErrors).toEqual([]);
  };
  const doing =
    (mutation: string, by: keyof People, input: (people: People) => object): Doing =>
    (people) =>
      asked(here, people[by] as Person, mutation, input(people));

  async function homeOf(one: RunningStarling, reader: Person) {
    const { data, errors } = await one.graphql<Home>(HOME, {}, reader.accessToken);
    expect(errors).toBeUndefined();
    return (data as Home).homeTimeline.edges;
  }

  async function people(): Promise<People> {
    const client = createClient(here);
    const [reader, friend, repeater, stranger] = [
      await client.register('reader'),
      await client.register('friend'),
      await client.register('repeat'),
      await client.register('far'),
    ];
    for (const { id } of [friend, repeater]) await asked(here, reader, 'followUser', { userId: id });
    const tweetId = await friend.post('Near');
    const repeatedId = await stranger.post('Far');
    await asked(here, repeater, 'retweet', { tweetId: repeatedId });
    return { reader, friend, repeater, stranger, tweetId, repeatedId };
  }

  const gone = (which: 'tweetId' | 'repeatedId') => (edges: Home['homeTimeline']['edges'], made: People) =>
    expect(edges.map(({ node }) => node.id)).toEqual([which === 'tweetId' ? made.repeatedId : made.tweetId]);
  const near =
    (fields: object) =>
    (edges: Home['homeTimeline']['edges'], { tweetId }: People) =>
      expect(edges.find(({ node }) => node.id === tweetId)?.node).toMatchObject(fields);

  it.each<[string, Doing, (edges: Home['homeTimeline']['edges'], made: People) => void]>([
    ['a deletion', doing('deleteTweet', 'friend', ({ tweetId }) => ({ tweetId })), gone('tweetId')],
    [
      'the deletion of what was retweeted',
      doing('deleteTweet', 'stranger', ({ repeatedId: tweetId }) => ({ tweetId })),
      gone('repeatedId'),
    ],
    [
      'a retweet that is undone',
      doing('undoRetweet', 'repeater', ({ repeatedId: tweetId }) => ({ tweetId })),
      gone('repeatedId'),
    ],
    ['a block by the reader', doing('blockUser', 'reader', ({ friend }) => ({ userId: friend.id })), gone('tweetId')],
    [
      'a block of the reader',
      doing('blockUser', 'stranger', ({ reader }) => ({ userId: reader.id })),
      gone('repeatedId'),
    ],
    ['a mute', doing('muteUser', 'reader', ({ friend }) => ({ userId: friend.id })), gone('tweetId')],
    [
      'a mute of retweets',
      doing('muteUser', 'reader', ({ repeater }) => ({ userId: repeater.id, onlyRetweets: true })),
      gone('repeatedId'),
    ],
    ['a muted word', doing('muteKeyword', 'reader', () => ({ phrase: 'near' })), gone('tweetId')],
    ['protection', doing('updateProfile', 'stranger', () => ({ isProtected: true })), gone('repeatedId')],
    ['an unfollow', doing('unfollowUser', 'reader', ({ friend }) => ({ userId: friend.id })), gone('tweetId')],
    [
      'a like',
      doing('likeTweet', 'stranger', ({ tweetId }) => ({ tweetId })),
      near({ likeCount: 1, viewer: { hasLiked: false } }),
    ],
    [
      "the reader's like",
      doing('likeTweet', 'reader', ({ tweetId }) => ({ tweetId })),
      near({ likeCount: 1, viewer: { hasLiked: true } }),
    ],
    [
      "the reader's bookmark",
      doing('bookmarkTweet', 'reader', ({ tweetId }) => ({ tweetId })),
      near({ bookmarkCount: 1 }),
    ],
    [
      'another name',
      (made) =>
        asked(here, made.friend, 'changeUsername', {
          username: `x${made.friend.username}`.slice(0, 15),
        }),
      (edges, { friend, tweetId }) =>
        expect(edges.find(({ node }) => node.id === tweetId)?.node.author).toMatchObject({
          username: `x${friend.username}`.slice(0, 15),
        }),
    ],
    [
      'another display name',
      doing('updateProfile', 'friend', () => ({ displayName: 'Renamed' })),
      near({ author: { displayName: 'Renamed' } }),
    ],
  ])('%s holds at the next read of another that remembered what was before', async (_, change, expected) => {
    const made = await people();
    const before = await homeOf(there, made.reader);
    expect(before.map(({ node }) => node.id).toSorted()).toEqual([made.tweetId, made.repeatedId].toSorted());
    // Of what is remembered, too.
    expect(await homeOf(there, made.reader)).toEqual(before);
    await change(made);
    const after = await homeOf(there, made.reader);
    expected(after, made);
    expect(after).not.toEqual(before);
    expect(await homeOf(here, made.reader)).toEqual(after);
  });
});
