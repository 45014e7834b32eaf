import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionNode, Kind, parse, print } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

const folder = join(import.meta.dirname, '../../../schema/operations');
const definitions = (file: string): readonly DefinitionNode[] =>
  parse(readFileSync(join(folder, file), 'utf8')).definitions;

/** The clients' mutation of this name with the fragment that they all use. */
function operation(name: string): string {
  const wanted = [...definitions('graph.graphql'), ...definitions('fragments.graphql')].filter(
    (definition) =>
      (definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === name) ||
      (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === 'Errors'),
  );
  expect(wanted).toHaveLength(2);
  return print({ kind: Kind.DOCUMENT, definitions: wanted });
}

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());

test("the clients' mutations of the graph, as written", async () => {
  const [me = '', other = ''] = await graph.register(2);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const send = async (name: string, more: object = {}) =>
    (await graph.ask(me, operation(name), { input: { userId: other, ...more } })).data;
  const user = (fields: object) => ({ user: { id: other, ...fields }, userErrors: [] });

  expect(await send('FollowUser')).toEqual({
    followUser: user({ followerCount: 1, viewer: { isFollowing: true, hasRequestedToFollow: false } }),
  });
  expect(await send('UnfollowUser')).toEqual({
    unfollowUser: user({ followerCount: 0, viewer: { isFollowing: false } }),
  });
  expect(await send('MuteUser', { until })).toEqual({
    muteUser: user({ viewer: { isMuting: true, mutedUntil: until } }),
  });
  expect(await send('UnmuteUser')).toEqual({ unmuteUser: user({ viewer: { isMuting: false } }) });
  expect(await send('BlockUser')).toEqual({
    blockUser: user({ viewer: { isBlocking: true, isFollowing: false, isFollowedBy: false } }),
  });
  expect(await send('FollowUser')).toEqual({
    followUser: {
      user: null,
      userErrors: [{ code: 'BLOCKED', message: expect.stringMatching(/\.$/), field: ['input', 'userId'] }],
    },
  });
  expect(await send('UnblockUser')).toEqual({ unblockUser: user({ viewer: { isBlocking: false } }) });
});
