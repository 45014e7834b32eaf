import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HomeTimelineDocument, type HomeTimelineQuery } from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

describe('with one subgraph down', () => {
  let starling: RunningStarling;
  let ada: Person;
  beforeAll(async () => {
    starling = await startStarling({ shape: 'over-http' });
    ada = await createClient(starling).register('ada');
    await ada.post('Still here.');
  });
  afterAll(() => starling.stop());

  it('only its fields are null, and say why', async () => {
    await starling.closeSubgraph('social-graph');
    const { data, errors } = await starling.graphql(
      '{ viewer { username tweetCount followerCount viewer { isSelf } } }',
      {},
      ada.accessToken,
    );
    expect(data).toEqual({ viewer: { username: ada.username, tweetCount: 1, followerCount: null, viewer: null } });
    expect(errors).toMatchObject([{ path: ['viewer'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);

    await starling.closeSubgraph('users');
    const home = await starling.graphql<HomeTimelineQuery>(print(HomeTimelineDocument), {}, ada.accessToken);
    expect(home.data?.homeTimeline?.edges).toMatchObject([
      { node: { text: 'Still here.', likeCount: 0, author: null } },
    ]);
    expect(home.errors).toMatchObject([
      { path: ['homeTimeline', 'edges'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);

    await starling.closeSubgraph('timeline');
    expect(await starling.graphql('{ homeTimeline { nodes { id } } }', {}, ada.accessToken)).toMatchObject({
      data: { homeTimeline: null },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    const post =
      'mutation { postTweet(input: { text: "And posting goes on." }) { tweet { text } userErrors { code } } }';
    expect(await starling.graphql(post, {}, ada.accessToken)).toEqual({
      data: { postTweet: { tweet: { text: 'And posting goes on.' }, userErrors: [] } },
    });
  });
});
