import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlockUserDocument, DeleteTweetDocument } from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const NODE = 'query ($id: ID!) { node(id: $id) { id } }';

describe.each(['one-process', 'over-http'] as const)('ids alone, %s', (shape) => {
  let starling: RunningStarling;
  let ada: Person;
  let bo: Person;
  beforeAll(async () => {
    starling = await startStarling({ shape });
    const client = createClient(starling);
    [ada, bo] = [await client.register('ada'), await client.register('bo')];
  });
  afterAll(() => starling.stop());

  it('prove nothing: invented, deleted and hidden things are null though only their id is asked for', async () => {
    const visible = await ada.post('Here.');
    const deleted = await ada.post('Gone.');
    const hidden = await bo.post('Behind a block.');
    await ada.ask(DeleteTweetDocument, { input: { tweetId: deleted } });
    await bo.ask(BlockUserDocument, { input: { userId: ada.id } });
    const oneMore = (id: string) => (BigInt(id) + 1n).toString();
    const ids = [visible, oneMore(visible), deleted, hidden, ada.id, oneMore(ada.id), '1'];

    const { data, errors } = await starling.graphql(NODES, { ids }, ada.accessToken);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ nodes: [{ id: visible }, null, null, null, { id: ada.id }, null, null] });
    const types = await starling.graphql(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }',
      { ids },
      ada.accessToken,
    );
    expect(types).toEqual({
      data: { nodes: [{ __typename: 'Tweet' }, null, null, null, { __typename: 'User' }, null, null] },
    });
    const others = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { username } kind: __typename } }';
    expect((await starling.graphql(others, { ids }, ada.accessToken)).data).toEqual({
      nodes: [{ kind: 'Tweet' }, null, null, null, { username: ada.username, kind: 'User' }, null, null],
    });
    starling.fetches.length = 0;
    await starling.graphql(NODES, { ids: [visible] }, ada.accessToken);
    expect(starling.fetches.map(({ subgraph }) => subgraph)).toEqual(['users', 'tweets']);
    expect(await starling.graphql(NODES, { ids: [hidden] })).toEqual({ data: { nodes: [{ id: hidden }] } });
    for (const id of [oneMore(visible), deleted, hidden]) {
      expect(await starling.graphql(NODE, { id }, ada.accessToken)).toEqual({ data: { node: null } });
    }
  });

  it('are refused when malformed, naming the argument', async () => {
    expect(await starling.graphql(NODES, { ids: ['x'] })).toMatchObject({
      data: null,
      errors: [{ path: ['nodes'], extensions: { code: 'BAD_USER_INPUT', argument: 'ids' } }],
    });
    expect(await starling.graphql('{ tweet(id: "0x1") { id } }')).toMatchObject({
      data: { tweet: null },
      errors: [{ path: ['tweet'], extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }],
    });
  });
});
