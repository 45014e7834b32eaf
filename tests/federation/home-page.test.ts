import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FollowUserDocument,
  HomeTimelineDocument,
  type HomeTimelineQuery,
  RetweetDocument,
} from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const TWEETS = 110;
const HOME = print(HomeTimelineDocument);

describe.each(['one-process', 'over-http'] as const)('a home page, %s', (shape) => {
  let starling: RunningStarling;
  let reader: Person;

  beforeAll(async () => {
    starling = await startStarling({ shape });
    const client = createClient(starling);
    reader = await client.register('reader');
    // Writers, the one who repeats and the one who is mentioned are different people: none is a by-catch of the others.
    const [ada, bo, repeater, mentioned, stranger] = [
      await client.register('ada'),
      await client.register('bo'),
      await client.register('repeat'),
      await client.register('named'),
      await client.register('far'),
    ];
    for (const { id } of [ada, bo, repeater]) await reader.ask(FollowUserDocument, { input: { userId: id } });
    const write = async (at: number) => {
      await (at % 2 === 0 ? ada : bo).post(`Number ${at}, @${mentioned.username} #count`);
      if (at % 10 > 0) return;
      const tweetId = await stranger.post(`Far away ${at}`);
      await repeater.ask(RetweetDocument, { input: { tweetId } });
    };
    // In whichever order: pages are compared with each other.
    await Promise.all(Array.from({ length: TWEETS }, (_, at) => write(at)));
    await starling.processAll();
  });
  afterAll(() => starling.stop());

  /** One page, and what it took, with nothing remembered from before. */
  async function read(first: number) {
    await starling.evictCaches();
    starling.fetches.length = 0;
    let page: HomeTimelineQuery | null | undefined;
    const statements = await starling.statementsOf(async () => {
      page = (await starling.graphql<HomeTimelineQuery>(HOME, { first }, reader.accessToken)).data;
    });
    const fetches = starling.fetches.map(({ subgraph }) => subgraph);
    return { edges: page?.homeTimeline?.edges ?? [], statements: statements.sort(), fetches };
  }

  it('of 20 and of 100 cost the same statements and the same fetches', async () => {
    // The first one also prepares what is prepared once.
    await read(10);
    const [small, large] = [await read(20), await read(100)];
    expect([small.edges.length, large.edges.length]).toEqual([20, 100]);
    expect(large.statements).toEqual(small.statements);
    expect(large.statements.length).toBeGreaterThan(0);
    // Fetches side by side are told as they end.
    expect(large.fetches.toSorted()).toEqual(small.fetches.toSorted());
    expect(large.fetches.toSorted()).toEqual(['timeline', 'tweets', 'users', 'users', 'users']);
    expect(large.fetches[0]).toBe('timeline');
  });

  it('has everything of every entry', async () => {
    const { edges } = await read(100);
    for (const { node, retweetedBy } of edges) {
      expect(node?.author?.username).toEqual(expect.any(String));
      expect(node?.likeCount).toBe(0);
      expect(node?.viewer?.isAuthor).toBe(false);
      if (retweetedBy) expect(retweetedBy.username).toEqual(expect.any(String));
      else expect(node?.entities.mentions).toMatchObject([{ user: { username: expect.any(String) } }]);
    }
    expect(edges.filter(({ retweetedBy }) => retweetedBy)).not.toEqual([]);
  });
});
