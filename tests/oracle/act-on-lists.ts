import type { Step } from './act.ts';
import type { Person } from './client.ts';
import type { Command } from './commands.ts';
import type { Model } from './model.ts';

type Making = Extract<Command, { kind: 'createList' }>;
type Changing = Extract<Command, { list: number }>;

function making(model: Model, by: Person, { kind, word, isPrivate }: Making): Step {
  const name = model.nextListName(word);
  return {
    by,
    kind,
    field: 'createList',
    input: { name, isPrivate },
    apply(id = '', again = false) {
      model.createList(by.id, { id, name, isPrivate }, again);
      return true;
    },
  };
}

/** Lists count from the newest. */
export function onList(
  model: Model,
  people: readonly Person[],
  somebody: Person,
  command: Making | Changing,
): Step | undefined {
  if (command.kind === 'createList') return making(model, somebody, command);
  const lists = model.allLists();
  const list = lists.at(-1 - (command.list % lists.length));
  if (!list) return undefined;
  const owner = people.find(({ id }) => id === list.owner);
  const by = command.as === 'owner' && owner ? owner : somebody;
  const { kind } = command;
  const { id: listId } = list;
  switch (kind) {
    case 'addMember':
    case 'removeMember': {
      const userId = people[command.member]?.id ?? '';
      const input = { listId, userId };
      return {
        by,
        kind,
        field: kind.replace('Member', 'ListMember'),
        input,
        apply: () => model[kind](by.id, listId, userId),
      };
    }
    case 'deleteList':
      return { by, kind, field: kind, input: { listId }, apply: () => model.deleteList(by.id, listId) };
    default: {
      const name = list.name.endsWith('!') ? list.name.slice(0, -1) : `${list.name}!`;
      const changes = kind === 'renameList' ? { name } : { isPrivate: kind === 'hideList' };
      const apply = () => model.updateList(by.id, listId, changes);
      return { by, kind, field: 'updateList', input: { listId, ...changes }, apply };
    }
  }
}
