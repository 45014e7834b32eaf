import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph({ maxLists: 3, maxListMembers: 3 });
});
afterAll(() => graph.stop());

interface Payload {
  readonly list: { readonly id: string; readonly name: string; readonly memberCount: number } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function send(viewer: string | null, mutation: string, input: object) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const selection = mutation === 'deleteList' ? '' : 'list { id name description isPrivate memberCount owner { id } }';
  return graph.ask<{ payload: Payload }>(
    viewer,
    `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${selection} userErrors { code field } } }`,
    { input },
  );
}

async function mutate(viewer: string, mutation: string, input: object): Promise<Payload> {
  const { data, errors } = await send(viewer, mutation, input);
  expect(errors).toEqual([]);
  return data.payload;
}

async function create(viewer: string, name = 'A list', isPrivate = false): Promise<string> {
  const { list } = await mutate(viewer, 'createList', { name, isPrivate });
  return list?.id ?? '';
}

const listEvents = async (listId: string) =>
  (await graph.events()).filter(({ key }) => key === listId).map(({ name, payload }) => ({ name, ...payload }));

async function members(viewer: string | null, id: string, args = 'first: 20'): Promise<string[] | undefined> {
  const document = `query ($id: ID!) { list(id: $id) { members(${args}) { nodes { id } } } }`;
  const { data, errors } = await graph.ask<{ list: { members: { nodes: { id: string }[] } } | null }>(
    viewer,
    document,
    {
      id,
    },
  );
  expect(errors).toEqual([]);
  return data.list?.members.nodes.map((node) => node.id);
}

describe('SG-6: a list', () => {
  test('is made, filled, emptied and deleted, each change once and with its event', async () => {
    const [me = '', ann = '', bob = ''] = await graph.register(3);
    const listId = await create(me);
    for (const userId of [ann, bob, bob, me]) {
      expect((await mutate(me, 'addListMember', { listId, userId })).userErrors).toEqual([]);
    }
    expect(await members(ann, listId)).toEqual([me, bob, ann]);
    const { list } = await mutate(me, 'removeListMember', { listId, userId: bob });
    expect(list?.memberCount).toBe(2);
    expect((await mutate(me, 'removeListMember', { listId, userId: bob })).list?.memberCount).toBe(2);
    expect((await mutate(me, 'deleteList', { listId })).userErrors).toEqual([]);
    expect(await members(me, listId)).toBeUndefined();
    expect(await listEvents(listId)).toEqual([
      { name: 'list.created.v1', listId, ownerId: me },
      { name: 'list.member-added.v1', listId, userId: ann },
      { name: 'list.member-added.v1', listId, userId: bob },
      { name: 'list.member-added.v1', listId, userId: me },
      { name: 'list.member-removed.v1', listId, userId: bob },
      { name: 'list.deleted.v1', listId },
    ]);
  });

  test('says what it is to say: mistakes change nothing', async () => {
    const [me = ''] = await graph.register(1);
    const listId = await create(me, 'Kept');
    for (const [input, code, field] of [
      [{ name: '  ' }, 'BLANK', 'name'],
      [{ name: 'x'.repeat(26) }, 'TOO_LONG', 'name'],
      [{ name: 'two\nlines' }, 'INVALID', 'name'],
      [{ name: 'a\u0007' }, 'INVALID', 'name'],
      [{ name: 'Good', description: 'x'.repeat(101) }, 'TOO_LONG', 'description'],
      [{ name: 'Good', description: '\ud800' }, 'INVALID', 'description'],
    ] as const) {
      const error = { code, field: ['input', field] };
      expect(await mutate(me, 'createList', input)).toEqual({ list: null, userErrors: [error] });
      expect(await mutate(me, 'updateList', { listId, ...input })).toEqual({ list: null, userErrors: [error] });
    }
    const emoji = '🐦'.repeat(25);
    expect((await mutate(me, 'updateList', { listId, name: emoji, description: ' d ' })).list).toMatchObject({
      name: emoji,
      description: 'd',
      isPrivate: false,
      owner: { id: me },
    });
    expect((await mutate(me, 'updateList', { listId, description: null })).list).toMatchObject({
      name: emoji,
      description: null,
    });
  });

  test('is changed by its owner alone; a private one is not even there for others', async () => {
    const [me = '', other = '', ann = ''] = await graph.register(3);
    const [open, secret] = [await create(me, 'Open'), await create(me, 'Secret', true)];
    for (const [listId, code] of [
      [open, 'FORBIDDEN'],
      [secret, 'NOT_FOUND'],
      [newId('list'), 'NOT_FOUND'],
      [ann, 'NOT_FOUND'],
    ] as const) {
      for (const [mutation, more] of [
        ['updateList', { name: 'Mine' }],
        ['deleteList', {}],
        ['addListMember', { userId: ann }],
        ['removeListMember', { userId: ann }],
      ] as const) {
        const { userErrors } = await mutate(other, mutation, { listId, ...more });
        expect(userErrors, mutation).toEqual([{ code, field: ['input', 'listId'] }]);
      }
    }
    expect(await members(other, open)).toEqual([]);
    for (const viewer of [other, null]) expect(await members(viewer, secret)).toBeUndefined();
    const { userErrors } = await mutate(me, 'addListMember', { listId: open, userId: newId() });
    expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'userId'] }]);
  });

  test('of a protected account is for its followers', async () => {
    const [me = '', fan = '', stranger = ''] = await graph.register(3);
    const listId = await create(me);
    await graph.mutate(fan, 'followUser', { userId: me });
    await graph.protect(me);
    for (const [viewer, seen] of [
      [me, true],
      [fan, true],
      [stranger, false],
      [null, false],
    ] as const) {
      expect(await members(viewer, listId)).toEqual(seen ? [] : undefined);
      const [user] = await graph.users<{ lists: { nodes: { id: string }[] } }>(viewer, [me], 'lists { nodes { id } }');
      expect(user?.lists.nodes).toEqual(seen ? [{ id: listId }] : []);
    }
  });

  test('one may make so many, of so many members, also all at once', async () => {
    const [me = '', ...people] = await graph.register(7);
    const made = await Promise.all(people.map((_, index) => mutate(me, 'createList', { name: `List ${index}` })));
    const lists = made.flatMap(({ list }) => list?.id ?? []);
    expect(lists).toHaveLength(3);
    expect(made.filter(({ userErrors }) => userErrors[0]?.code === 'LIMIT_REACHED')).toHaveLength(3);
    const listId = lists[0] ?? '';
    const added = await Promise.all(people.map((userId) => mutate(me, 'addListMember', { listId, userId })));
    expect(added.filter(({ userErrors }) => userErrors[0]?.code === 'LIMIT_REACHED')).toHaveLength(3);
    expect(await members(me, listId)).toHaveLength(3);
    // Who is in it already is no further member.
    const [member = ''] = (await members(me, listId)) ?? [];
    expect((await mutate(me, 'addListMember', { listId, userId: member })).userErrors).toEqual([]);
  });

  test('a block takes either out of the other’s lists, whatever happens to those at once', async () => {
    const [me = '', other = ''] = await graph.register(2);
    for (let turn = 0; turn < 5; turn += 1) {
      const [mine, theirs] = [await create(me), await create(other)];
      await mutate(me, 'addListMember', { listId: mine, userId: other });
      await mutate(other, 'addListMember', { listId: theirs, userId: me });
      await Promise.all([
        graph.mutate(other, 'blockUser', { userId: me }),
        mutate(me, 'deleteList', { listId: mine }),
        mutate(me, 'removeListMember', { listId: mine, userId: other }),
        mutate(other, 'addListMember', { listId: theirs, userId: me }),
        mutate(other, 'updateList', { listId: theirs, name: 'Still theirs' }),
      ]);
      expect(await members(other, theirs)).toEqual([]);
      expect(await mutate(other, 'addListMember', { listId: theirs, userId: me })).toMatchObject({
        list: null,
        userErrors: [{ code: 'BLOCKED', field: ['input', 'userId'] }],
      });
      const told = (await listEvents(theirs)).map(({ name }) => name);
      expect(told.filter((name) => name === 'list.member-added.v1').length).toBe(
        told.filter((name) => name === 'list.member-removed.v1').length,
      );
      await graph.mutate(other, 'unblockUser', { userId: me });
      await mutate(other, 'deleteList', { listId: theirs });
    }
  });

  test('pages of an account’s lists: newest first, private ones for itself, as many statements for many', async () => {
    const [me = '', other = ''] = await graph.register(2);
    const [a, b, c] = [await create(me, 'a'), await create(me, 'b', true), await create(me, 'c')];
    type Lists = { lists: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const read = (viewer: string | null, args: string) =>
      graph.users<Lists>(viewer, [me, other], `lists(${args}) { nodes { id } pageInfo { hasNextPage endCursor } }`);
    expect((await read(me, 'first: 5'))[0]?.lists.nodes).toEqual([{ id: c }, { id: b }, { id: a }]);
    const [first] = await read(other, 'first: 1');
    expect(first?.lists).toMatchObject({ nodes: [{ id: c }], pageInfo: { hasNextPage: true } });
    const after = first?.lists.pageInfo.endCursor;
    const { errors, data } = await graph.ask<{ _entities: Lists[] }>(
      other,
      `{ _entities(representations: [{ __typename: "User", id: "${me}" }]) { ... on User {
        lists(first: 1, after: "${after}") { nodes { id } pageInfo { hasNextPage endCursor } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data._entities[0]?.lists).toMatchObject({ nodes: [{ id: a }], pageInfo: { hasNextPage: false } });
  });

  test.each(['createList', 'updateList', 'deleteList', 'addListMember', 'removeListMember'])(
    '%s needs an account, and well-formed ids',
    async (mutation) => {
      const [me = ''] = await graph.register(1);
      const input = {
        ...(mutation !== 'createList' && { listId: 'abc' }),
        ...(['createList', 'updateList'].includes(mutation) && { name: 'Name' }),
        ...(mutation.endsWith('Member') && { userId: me }),
      };
      expect((await send(null, mutation, input)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      if (mutation === 'createList') return;
      expect((await send(me, mutation, input)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', argument: 'input.listId' } },
      ]);
    },
  );
});
