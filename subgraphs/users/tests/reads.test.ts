import { kindOf, makeSnowflake } from '@starling/platform/snowflake';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Member, startUsers, type TestUsers } from './support/users.ts';

let users: TestUsers;
const members: Member[] = [];
beforeAll(async () => {
  users = await startUsers();
  for (let number = 0; number < 100; number += 1) members.push(await users.register(`member_${number}`));
});
afterAll(() => users.stop());

let made = 0;
/** An id of something that there is not. */
function invented(kind: Parameters<typeof makeSnowflake>[0]['kind']): string {
  made += 1;
  return makeSnowflake({ ms: 1_700_000_000_000 + made, kind, writer: 1, sequence: 0 });
}

const MALFORMED = [
  '',
  'abc',
  '0',
  '-1',
  '007',
  ' 42',
  '1.5',
  '9223372036854775808',
  '1'.repeat(1_000),
  '4\u00002',
  '\ud800',
];

describe('a malformed id', () => {
  test.each(MALFORMED)('%j is refused, naming the argument', async (id) => {
    const argumentOf = async (document: string, variables: object) =>
      (await users.ask(null, document, variables)).errors.map(({ extensions }) => extensions);
    const refused = (argument: string) => [{ code: 'BAD_USER_INPUT', argument }];
    expect(await argumentOf('query ($id: ID!) { user(id: $id) { id } }', { id })).toEqual(refused('id'));
    expect(await argumentOf('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual(refused('id'));
    const ids = [members[0]?.id, id];
    expect(await argumentOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toEqual(refused('ids'));
  });
});

describe('user and node', () => {
  test('find an account by its id', async () => {
    const [{ id, username } = { id: '', username: '' }] = members;
    const document =
      'query ($id: ID!) { user(id: $id) { username } node(id: $id) { __typename ... on User { id username } } }';
    expect(await users.read(null, document, { id })).toEqual({
      user: { username },
      node: { __typename: 'User', id, username },
    });
  });

  test.each(['user', 'session', 'retweet', 'report'] as const)('are null for the id of no %s', async (kind) => {
    const id = invented(kind);
    expect(kindOf(id)).toBe(kind);
    const document = 'query ($id: ID!) { user(id: $id) { id } node(id: $id) { __typename } }';
    expect(await users.read(null, document, { id })).toEqual({ user: null, node: null });
  });

  test('are null for the id of a session, even to its owner', async () => {
    const viewer = members[0]?.viewer ?? null;
    const document = 'query ($id: ID!) { user(id: $id) { id } node(id: $id) { __typename } }';
    expect(await users.read(viewer, document, { id: viewer?.sessionId })).toEqual({ user: null, node: null });
  });

  test("answer a tweet's id with a reference that is no proof of existence", async () => {
    const id = invented('tweet');
    const document = 'query ($id: ID!) { user(id: $id) { id } node(id: $id) { __typename ... on Tweet { nodeId } } }';
    expect(await users.read(null, document, { id })).toEqual({
      user: null,
      node: { __typename: 'Tweet', nodeId: id },
    });
  });
});

describe('nodes', () => {
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on User { username } } }';

  test('keep the order, repeat what is asked twice, and have null for what there is not', async () => {
    const [first, second] = members;
    const ids = [second?.id, invented('user'), first?.id, invented('tweet'), second?.id, invented('session')];
    expect(await users.read(null, document, { ids })).toEqual({
      nodes: [
        { __typename: 'User', username: second?.username },
        null,
        { __typename: 'User', username: first?.username },
        { __typename: 'Tweet' },
        { __typename: 'User', username: second?.username },
        null,
      ],
    });
  });

  test('are none for no ids, and at most 100', async () => {
    expect(await users.read(null, document, { ids: [] })).toEqual({ nodes: [] });
    const ids = Array.from({ length: 101 }, () => members[0]?.id);
    const { data, errors } = await users.ask(null, document, { ids });
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', argument: 'ids' }]);
  });

  test('100 accounts cost one statement, and none when they are known', async () => {
    const fresh: Member[] = [];
    for (let number = 0; number < 50; number += 1) fresh.push(await users.register(`fresh_${number}`));
    const unknown = Array.from({ length: 50 }, () => invented('user'));
    const ids = [...fresh.map(({ id }) => id), ...unknown];
    // What a registration has read in its own payload is forgotten for this count.
    await users.forgetCached();
    const ask = () => users.read(null, document, { ids });
    expect(await users.statementsOf(ask)).toEqual(['users.getPublicAccountsByIds']);
    // Absence is known, too.
    expect(await users.statementsOf(ask)).toEqual([]);
  });
});

describe('userByUsername', () => {
  const document = 'query ($username: String!) { userByUsername(username: $username) { username } }';

  test.each(['member_7', 'MEMBER_7'])('finds %j', async (username) => {
    expect(await users.read(null, document, { username })).toEqual({ userByUsername: { username: 'member_7' } });
  });

  test.each(['', 'nobody', '@member_7', ' member_7', 'member_7\n', 'mémber', '\u0000', '\ud800', 'x'.repeat(1_000)])(
    'is null for %j',
    async (username) => {
      expect(await users.read(null, document, { username })).toEqual({ userByUsername: null });
    },
  );

  test('of many in one request costs two statements', async () => {
    await users.forgetCached();
    const fields = members
      .slice(0, 40)
      .map(({ username }, index) => `f${index}: userByUsername(username: "${username}") { id }`);
    const statements = await users.statementsOf(() => users.read(null, `{ ${fields.join('\n')} }`));
    expect(statements.sort()).toEqual(['users.getAccountIdsByUsernames', 'users.getPublicAccountsByIds']);
  });
});

describe('viewer', () => {
  test('is null when signed out', async () => {
    expect(await users.read(null, '{ viewer { id } }')).toEqual({ viewer: null });
  });

  test('is who asks', async () => {
    const [member] = members;
    expect(await users.read(member?.viewer ?? null, '{ viewer { id account { email role } } }')).toEqual({
      viewer: { id: member?.id, account: { email: member?.email, role: 'USER' } },
    });
  });
});

describe('references from other subgraphs', () => {
  const document = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on User { id username account { email } } }
  }`;
  const references = (ids: readonly string[]) => ({ representations: ids.map((id) => ({ __typename: 'User', id })) });

  test('100 of them cost one statement for what is public, and show nothing private of others', async () => {
    await users.forgetCached();
    const viewer = members[3]?.viewer ?? null;
    const ids = members.map(({ id }) => id);
    let answer: unknown;
    const statements = await users.statementsOf(async () => {
      answer = await users.read(viewer, document, references(ids));
    });
    expect(answer).toEqual({
      _entities: members.map(({ id, username, email }, index) => ({
        id,
        username,
        account: index === 3 ? { email } : null,
      })),
    });
    expect(statements.sort()).toEqual(['users.getPrivateAccountsByIds', 'users.getPublicAccountsByIds']);
  });

  test('are null for what there is not', async () => {
    const answer = await users.read(null, document, references([invented('user'), members[1]?.id ?? '']));
    expect(answer).toEqual({ _entities: [null, { id: members[1]?.id, username: 'member_1', account: null }] });
  });
});

test('nothing private is ever put into the shared cache', async () => {
  const member = await users.register('private_one');
  await users.read(member.viewer, '{ viewer { id username account { email role } } sessions { id } }');
  await users.read(null, '{ userByUsername(username: "private_one") { id } }');
  expect(JSON.stringify(users.cached())).toContain('private_one');
  expect(JSON.stringify(users.cached())).not.toMatch(/mail\.example|argon2|passwordHash/);
});
