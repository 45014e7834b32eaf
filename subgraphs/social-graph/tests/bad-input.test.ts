import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
let me = '';
let other = '';
beforeAll(async () => {
  graph = await startSocialGraph();
  [me = '', other = ''] = await graph.register(2);
});
afterAll(() => graph.stop());

const MUTATIONS = [
  'followUser',
  'unfollowUser',
  'removeFollower',
  'approveFollowRequest',
  'declineFollowRequest',
  'blockUser',
  'unblockUser',
  'muteUser',
  'unmuteUser',
  'dismissSuggestion',
] as const;

function send(viewer: string | null, mutation: string, input: unknown) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { user { id } userErrors { code } } }`;
  return graph.ask(viewer, document, { input });
}

describe.each(MUTATIONS)('%s', (mutation) => {
  test.each([
    ['empty', ''],
    ['no number', 'abc'],
    ['zero', '0'],
    ['negative', '-1'],
    ['with a leading zero', '007'],
    ['with white space', ' 42'],
    ['a fraction', '1.5'],
    ['beyond 64 bits', '9223372036854775808'],
    ['too long', '1'.repeat(100_000)],
    ['with a control character', '4\u00002'],
    ['an unpaired surrogate', '\ud800'],
  ])('an id that is %s is BAD_USER_INPUT naming the argument', async (_what, userId) => {
    const answer = await send(me, mutation, { userId });
    expect(answer).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'input.userId' } }],
    });
  });

  test.each([
    ['no input', null],
    ['no id', {}],
    ['null for an id', { userId: null }],
    ['an id of a wrong type', { userId: true }],
    ['an id that is a list', { userId: ['1', '2'] }],
    ['a field that there is not', { userId: '42', reason: 'x' }],
  ])('%s is refused before anything happens', async (_what, input) => {
    const { data, errors } = await send(me, mutation, input);
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
  });

  test('signed out, it needs an account', async () => {
    for (const userId of [other, 'abc']) {
      expect(await send(null, mutation, { userId })).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });
});

test.each([['tomorrow'], [''], [1_900_000_000], ['2030-02-30'], [true]])(
  'a mute until %j is malformed',
  async (until) => {
    expect(await send(me, 'muteUser', { userId: other, until })).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  },
);

test('after all of this nothing has changed', async () => {
  expect(await graph.events()).toEqual([]);
});

const LISTS = ['followers', 'following', 'followersYouKnow', 'blockedUsers', 'mutedUsers'] as const;

function list(field: (typeof LISTS)[number], args: string) {
  const selection = `${field}(${args}) { edges { cursor node { id } } }`;
  if (field === 'blockedUsers' || field === 'mutedUsers') return graph.ask(me, `{ ${selection} }`);
  return graph.ask(
    me,
    `{ _entities(representations: [{ __typename: "User", id: "${other}" }]) { ... on User { ${selection} } } }`,
  );
}

describe.each(LISTS)('%s', (field) => {
  const foreign = Buffer.from('abcdef,42').toString('base64url');
  test.each([
    ['first', 'first: 0'],
    ['first', 'first: -1'],
    ['first', 'first: 101'],
    ['last', 'last: 0'],
    ['last', 'last: 101'],
    ['last', 'first: 1, last: 1'],
    ['after', 'after: ""'],
    ['after', 'after: "x"'],
    ['after', `after: "${'A'.repeat(10_000)}"`],
    ['after', `after: "${foreign}"`],
    ['before', `before: "${foreign}"`],
  ])('names %s in (%s)', async (argument, args) => {
    expect(await list(field, args)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', argument } }] });
  });
});

test("a cursor is of one account's one list", async () => {
  const fresh = await startSocialGraph();
  const [a = '', b = '', c = ''] = await fresh.register(3);
  await fresh.mutate(b, 'followUser', { userId: a });
  await fresh.mutate(a, 'followUser', { userId: b });
  type Fields = { followers: { pageInfo: { endCursor: string } } };
  const [user] = await fresh.users<Fields>(null, [a], 'followers { pageInfo { endCursor } }');
  const after = user?.followers.pageInfo.endCursor;
  const read = (id: string, field: string) =>
    fresh.users(a, [id], `${field}(after: "${after}") { nodes { id } }`).then(
      () => 'accepted',
      () => 'refused',
    );
  expect(await read(a, 'followers')).toBe('accepted');
  expect(await read(a, 'following')).toBe('refused');
  expect(await read(b, 'followers')).toBe('refused');
  expect(await read(c, 'followers')).toBe('refused');
  await fresh.stop();
});
