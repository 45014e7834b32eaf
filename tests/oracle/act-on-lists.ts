import type { Step } from './act.ts';
import type { Person } from './client.ts';
import type { Command } from './commands.ts';
import type { ModelList } from './lists.ts';
import type { Model } from './model.ts';

type Making = Extract<Command, { kind: 'createList' }>;
type Changing = Extract<Command, { list: number }>;

/** The newest of them is the first. */
function pick(model: Model, by: Person, { list, whose }: Changing): ModelList | undefined {
  const lists = model.allLists().filter(({ owner }) => whose === 'any' || owner === by.id);
  return lists.at(-1 - (list % lists.length));
}

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

export function onList(
  model: Model,
  people: readonly Person[],
  by: Person,
  command: Making | Changing,
): Step | undefined {
  if (command.kind === 'createList') return making(model, by, command);
  const list = pick(model, by, command);
  if (!list) return undefined;
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
