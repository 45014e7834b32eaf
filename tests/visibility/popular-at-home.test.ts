import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HomeTimelineWithPopularDocument, type HomeTimelineWithPopularQuery } from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';
import { act, protect } from './surfaces.ts';

let starling: RunningStarling;
beforeAll(async () => {
  starling = await startStarling({ shape: 'over-http' });
});
afterAll(() => starling.stop());

/** The viewer follows a third, and does not follow the author, whose tweet is popular. */
interface Scene {
  readonly author: Person;
  readonly viewer: Person;
  readonly third: Person;
  readonly tweetId: string;
}

async function setScene(): Promise<Scene> {
  const client = createClient(starling);
  const [author, viewer, third] = [
    await client.register('author'),
    await client.register('viewer'),
    await client.register('third'),
  ];
  await act(starling, viewer, 'followUser', { userId: third.id });
  await third.post('Before it.');
  const tweetId = await author.post('By the author.');
  await third.post('After it.');
  for (const person of [viewer, third]) await act(starling, person, 'likeTweet', { tweetId });
  await starling.rankPopular();
  return { author, viewer, third, tweetId };
}

type Edge = NonNullable<NonNullable<HomeTimelineWithPopularQuery['homeTimeline']>['edges']>[number];

/** The author's tweet as it stands in the viewer's home: all entries of it. */
async function edgesOf({ viewer, tweetId }: Scene): Promise<Edge[]> {
  const { homeTimeline } = await viewer.ask(HomeTimelineWithPopularDocument, { first: 100 });
  return (homeTimeline?.edges ?? []).filter(({ node }) => node?.id === tweetId);
}
const reasons = async (scene: Scene) => (await edgesOf(scene)).map(({ reason }) => reason);

async function unmuteKeywords(viewer: Person): Promise<void> {
  const { data } = await starling.graphql<{ mutedKeywords: { id: string }[] }>(
    '{ mutedKeywords { id } }',
    {},
    viewer.accessToken,
  );
  for (const { id } of data?.mutedKeywords ?? []) await act(starling, viewer, 'unmuteKeyword', { mutedKeywordId: id });
}

interface Rule {
  readonly name: string;
  make(scene: Scene): Promise<unknown>;
  lift?(scene: Scene): Promise<unknown>;
  /** Why the tweet is in the viewer's home while the rule stands. */
  readonly reasons: readonly string[];
}

const byId = ({ id }: Person) => ({ userId: id });

const RULES: readonly Rule[] = [
  { name: 'nothing', make: async () => {}, reasons: ['POPULAR'] },
  {
    name: 'the viewer blocks the author',
    make: ({ viewer, author }) => act(starling, viewer, 'blockUser', byId(author)),
    lift: ({ viewer, author }) => act(starling, viewer, 'unblockUser', byId(author)),
    reasons: [],
  },
  {
    name: 'the author blocks the viewer',
    make: ({ viewer, author }) => act(starling, author, 'blockUser', byId(viewer)),
    lift: ({ viewer, author }) => act(starling, author, 'unblockUser', byId(viewer)),
    reasons: [],
  },
  {
    name: 'the viewer mutes the author',
    make: ({ viewer, author }) => act(starling, viewer, 'muteUser', byId(author)),
    lift: ({ viewer, author }) => act(starling, viewer, 'unmuteUser', byId(author)),
    reasons: [],
  },
  {
    name: 'the viewer mutes what the author retweets',
    make: ({ viewer, author }) => act(starling, viewer, 'muteUser', { ...byId(author), onlyRetweets: true }),
    lift: ({ viewer, author }) => act(starling, viewer, 'unmuteUser', byId(author)),
    reasons: ['POPULAR'],
  },
  {
    name: 'the viewer mutes a word that the tweet says',
    make: ({ viewer }) => act(starling, viewer, 'muteKeyword', { phrase: 'author' }),
    lift: ({ viewer }) => unmuteKeywords(viewer),
    reasons: [],
  },
  {
    name: 'the viewer mutes a word that it does not say',
    make: ({ viewer }) => act(starling, viewer, 'muteKeyword', { phrase: 'reader' }),
    lift: ({ viewer }) => unmuteKeywords(viewer),
    reasons: ['POPULAR'],
  },
  {
    name: 'the author is protected',
    make: ({ author }) => protect(author, true),
    lift: ({ author }) => protect(author, false),
    reasons: [],
  },
  {
    name: 'the viewer follows the author',
    make: ({ viewer, author }) => act(starling, viewer, 'followUser', byId(author)),
    lift: ({ viewer, author }) => act(starling, viewer, 'unfollowUser', byId(author)),
    reasons: ['FOLLOWED'],
  },
  {
    name: 'somebody whom the viewer follows retweeted it',
    make: ({ third, tweetId }) => act(starling, third, 'retweet', { tweetId }),
    lift: ({ third, tweetId }) => act(starling, third, 'undoRetweet', { tweetId }),
    reasons: ['RETWEETED_BY_FOLLOWED'],
  },
  {
    name: 'the viewer retweeted it',
    make: ({ viewer, tweetId }) => act(starling, viewer, 'retweet', { tweetId }),
    lift: ({ viewer, tweetId }) => act(starling, viewer, 'undoRetweet', { tweetId }),
    reasons: ['OWN'],
  },
  {
    name: 'the tweet is deleted',
    make: ({ author, tweetId }) => act(starling, author, 'deleteTweet', { tweetId }),
    reasons: [],
  },
];

describe.each(RULES)('TL-10: a popular tweet in a home, and $name', (rule) => {
  it('holds at the very next read, and no longer than it stands', async () => {
    const scene = await setScene();
    expect(await reasons(scene)).toEqual(['POPULAR']);
    await rule.make(scene);
    expect(await reasons(scene)).toEqual(rule.reasons);
    await starling.evictCaches();
    expect(await reasons(scene)).toEqual(rule.reasons);
    await rule.lift?.(scene);
    if (rule.lift) expect(await reasons(scene)).toEqual(['POPULAR']);
  });
});

describe('TL-10: what is popular in a home', () => {
  it('is there for who asks, and is popular no longer once others are', async () => {
    const scene = await setScene();
    const plain = await starling.graphql<{ homeTimeline: { nodes: { id: string }[] } }>(
      '{ homeTimeline(first: 100, includePopular: null) { nodes { id } } }',
      {},
      scene.viewer.accessToken,
    );
    expect(plain.data?.homeTimeline.nodes.map(({ id }) => id)).not.toContain(scene.tweetId);
    for (const person of [scene.viewer, scene.third]) {
      await act(starling, person, 'unlikeTweet', { tweetId: scene.tweetId });
    }
    expect(await reasons(scene)).toEqual(['POPULAR']);
    await starling.rankPopular();
    expect(await reasons(scene)).toEqual([]);
  });

  it('answers nobody, and is nobody else’s answer either', async () => {
    const scene = await setScene();
    const answer = await scene.author.post('The author answers.', { replyToTweetId: scene.tweetId });
    for (const person of [scene.viewer, scene.third]) await act(starling, person, 'likeTweet', { tweetId: answer });
    await starling.rankPopular();
    expect(await edgesOf({ ...scene, tweetId: answer })).toEqual([]);
  });

  it('costs a home nothing where nobody asks for it', async () => {
    const { viewer } = await setScene();
    const home = (includePopular: boolean) => viewer.ask(HomeTimelineWithPopularDocument, { first: 5, includePopular });
    await home(true);
    await starling.evictCaches();
    const statements = await starling.statementsOf(() => home(false));
    expect(statements.filter((name) => /^timeline\..*(popular|RetweetedInCircle)/i.test(name))).toEqual([]);
    expect(await starling.statementsOf(() => home(true))).toContain('timeline.listPopularTweets');
  });
});
