import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import type { CommandParts } from '../commands.ts';
import { listCreated } from '../events.ts';
import { lockListsOf } from '../locks.ts';
import { addList, countLists } from './account-list-store.ts';
import { type ListText, mistakesIn, tidied } from './list-text.ts';

export async function createList(
  { database, eventLog, snowflakes, maxLists }: CommandParts,
  { viewerId, isPrivate, ...written }: ListText & { readonly viewerId: string; readonly isPrivate: boolean },
): Promise<Outcome<string>> {
  const text = tidied(written);
  const mistakes = mistakesIn(text);
  if (mistakes.length > 0) return refused(...mistakes);

  const id = await snowflakes.next('list');
  return database.transaction(async (transaction) => {
    await lockListsOf(transaction, viewerId);
    if ((await countLists(transaction, viewerId)) >= maxLists) {
      return refused(userError('LIMIT_REACHED', `You have made ${maxLists} lists, and cannot make more.`));
    }
    await addList(transaction, { id, ownerId: viewerId, ...text, isPrivate });
    await eventLog.append(transaction, [listCreated(id, viewerId)]);
    return done(id);
  });
}
