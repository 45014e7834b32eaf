import { done, type Outcome, refused } from '@starling/platform/graphql';
import type { CommandParts } from '../commands.ts';
import { lockList } from '../locks.ts';
import { changeList } from './account-list-store.ts';
import { mistakesIn, tidied } from './list-text.ts';
import { ownList } from './own-list.ts';

interface UpdateList {
  readonly viewerId: string;
  readonly listId: string;
  /** What is undefined stays as it is. */
  readonly name: string | undefined;
  /** Null takes the description away. */
  readonly description: string | null | undefined;
  readonly isPrivate: boolean | undefined;
}

/** What others keep of a list is who is in it, and that has not changed: there is no event. */
export async function updateList(
  { database }: CommandParts,
  { viewerId, listId, ...changes }: UpdateList,
): Promise<Outcome<string>> {
  return database.transaction(async (transaction) => {
    await lockList(transaction, listId);
    const found = await ownList(transaction, viewerId, listId);
    if ('mistake' in found) return refused(found.mistake);
    const { name = found.list.name, description = found.list.description, isPrivate = found.list.isPrivate } = changes;
    const text = tidied({ name, description });
    const mistakes = mistakesIn(text);
    if (mistakes.length > 0) return refused(...mistakes);
    await changeList(transaction, { id: listId, ...text, isPrivate });
    return done(listId);
  });
}
