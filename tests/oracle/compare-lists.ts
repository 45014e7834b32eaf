import { expect } from 'vitest';
import { idsOf, type Person, readList, readLists, readListsOf, type SeenList } from './client.ts';
import type { ModelList } from './lists.ts';
import type { Model } from './model.ts';

const asSeen = ({ id, name, isPrivate, members, owner }: ModelList): SeenList => ({
  ...{ id, name, isPrivate, memberCount: members.size },
  owner: { id: owner },
});

const OF_LIST = { members: { field: 'members' }, timeline: { field: 'timeline' } };

/** The lists that everybody has made, who is in each, and what they write. */
export async function compareLists(
  model: Model,
  person: Person,
  people: readonly Person[],
  size: number,
): Promise<void> {
  for (const { id, username } of people) {
    const lists = await readListsOf(person, id, size);
    expect(
      lists.filter((list) => list === null || !model.isStray(list)),
      `lists of ${username} as ${person.username}`,
    ).toEqual(model.listsOf(person.id, id).map(asSeen));
  }
  for (const list of model.allLists()) {
    const label = `list ${list.id} as ${person.username}`;
    const isSeen = model.seesList(person.id, list);
    expect(await readList(person, list.id), label).toEqual(isSeen ? asSeen(list) : null);
    if (!isSeen) continue;
    const { members, timeline } = await readLists(person, ['list', list.id], OF_LIST, size);
    expect(idsOf(members), `members of ${label}`).toEqual(model.membersOf(person.id, list));
    expect(idsOf(timeline), `timeline of ${label}`).toEqual(model.timelineOf(person.id, list));
  }
}
