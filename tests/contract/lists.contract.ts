import { expect, it } from 'vitest';
import {
  AddListMemberDocument,
  BlockUserDocument,
  CreateListDocument,
  DeleteListDocument,
  FollowUserDocument,
  ListByIdDocument,
  ListMembersDocument,
  ListTimelineDocument,
  NodesDocument,
  RemoveListMemberDocument,
  UpdateListDocument,
  UpdateProfileDocument,
  UserListsDocument,
} from '../../schema/generated/graphql.ts';
import type { Client, Person } from './people.ts';

async function create(person: Person, name: string, isPrivate = false): Promise<string> {
  const { createList } = await person.ask(CreateListDocument, { input: { name, isPrivate } });
  if (!createList.list) throw new Error(JSON.stringify(createList.userErrors));
  return createList.list.id;
}

const add = (person: Person, listId: string, member: Person) =>
  person.ask(AddListMemberDocument, { input: { listId, userId: member.id } });

async function timeline(person: Person, id: string): Promise<(string | undefined)[] | undefined> {
  const { list } = await person.ask(ListTimelineDocument, { id, first: 50 });
  return list?.timeline?.edges.map(({ node }) => node?.id);
}

export function listsContract(client: () => Client): void {
  it('CreateList, UpdateList, UserLists and DeleteList', async () => {
    const [ada, bo] = [await client().register('ada'), await client().register('bo')];
    const { createList } = await ada.ask(CreateListDocument, {
      input: { name: ' Astronomers ', description: 'Who look up', isPrivate: true },
    });
    const listId = createList.list?.id ?? '';
    expect(createList).toEqual({
      list: {
        id: listId,
        name: 'Astronomers',
        description: 'Who look up',
        isPrivate: true,
        memberCount: 0,
        owner: expect.objectContaining({ id: ada.id, username: ada.username }),
      },
      userErrors: [],
    });
    const seenBy = async (person: Person) => {
      const { userByUsername } = await person.ask(UserListsDocument, { username: ada.username });
      const { list } = await person.ask(ListByIdDocument, { id: listId });
      const { nodes } = await person.ask(NodesDocument, { ids: [listId] });
      return [userByUsername?.lists?.edges.map(({ node }) => node?.name), list?.name, nodes?.[0]?.__typename];
    };
    expect(await seenBy(ada)).toEqual([['Astronomers'], 'Astronomers', 'List']);
    expect(await seenBy(bo)).toEqual([[], undefined, undefined]);
    const open = await ada.ask(UpdateListDocument, { input: { listId, name: 'Stars', isPrivate: false } });
    expect(open.updateList).toMatchObject({ list: { name: 'Stars', description: 'Who look up', isPrivate: false } });
    expect(await seenBy(bo)).toEqual([['Stars'], 'Stars', 'List']);
    for (const [person, code] of [
      [bo, 'FORBIDDEN'],
      [ada, undefined],
      [ada, 'NOT_FOUND'],
    ] as const) {
      const { deleteList } = await person.ask(DeleteListDocument, { input: { listId } });
      expect(deleteList.userErrors[0]?.code).toBe(code);
    }
    expect(await seenBy(ada)).toEqual([[], undefined, undefined]);
  });

  it('AddListMember, ListMembers, ListTimeline and RemoveListMember', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    const listId = await create(ada, 'Both');
    const before = await bo.post('Before.');
    expect((await add(ada, listId, bo)).addListMember).toMatchObject({ list: { memberCount: 1 }, userErrors: [] });
    expect((await add(ada, listId, cy)).addListMember).toMatchObject({ list: { memberCount: 2 }, userErrors: [] });
    expect((await add(ada, listId, cy)).addListMember).toMatchObject({ list: { memberCount: 2 }, userErrors: [] });
    const after = await cy.post('After.');
    const answer = await cy.post('To a member.', { replyToTweetId: before });
    await cy.post('To somebody else.', { replyToTweetId: await ada.post('Not a member.') });
    for (const reader of [ada, bo]) expect(await timeline(reader, listId)).toEqual([answer, after, before]);
    const { list } = await bo.ask(ListMembersDocument, { id: listId, first: 1 });
    expect(list).toMatchObject({
      memberCount: 2,
      members: { edges: [{ node: { username: cy.username } }], pageInfo: { hasNextPage: true } },
    });
    const { removeListMember } = await ada.ask(RemoveListMemberDocument, { input: { listId, userId: bo.id } });
    expect(removeListMember).toMatchObject({ list: { memberCount: 1 }, userErrors: [] });
    // An answer to who is no member any more has gone as well.
    expect(await timeline(ada, listId)).toEqual([after]);
  });

  it('a block takes either out of the other’s lists, and protection closes a list but to followers', async () => {
    const [ada, bo, cy] = [
      await client().register('ada'),
      await client().register('bo'),
      await client().register('cy'),
    ];
    const [hers, his] = [await create(ada, 'Hers'), await create(bo, 'His')];
    await add(ada, hers, bo);
    await add(ada, hers, cy);
    await add(bo, his, ada);
    const tweetId = await cy.post('For followers.');
    await cy.ask(UpdateProfileDocument, { input: { isProtected: true } });
    expect(await timeline(ada, hers)).toEqual([]);
    expect(await timeline(cy, hers)).toEqual([tweetId]);
    await bo.ask(BlockUserDocument, { input: { userId: ada.id } });
    for (const [person, id, memberCount] of [
      [ada, hers, 1],
      [bo, his, 0],
    ] as const) {
      expect((await person.ask(ListByIdDocument, { id })).list?.memberCount).toBe(memberCount);
    }
    expect((await add(ada, hers, bo)).addListMember).toMatchObject({
      list: null,
      userErrors: [{ code: 'BLOCKED', field: ['input', 'userId'] }],
    });
    await cy.ask(FollowUserDocument, { input: { userId: ada.id } });
    await ada.ask(UpdateProfileDocument, { input: { isProtected: true } });
    expect((await cy.ask(ListByIdDocument, { id: hers })).list?.id).toBe(hers);
    expect((await bo.ask(ListByIdDocument, { id: hers })).list).toBeNull();
  });
}
