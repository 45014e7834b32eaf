import { done, type Outcome, refused } from '@starling/platform/graphql';
import type { CommandParts } from '../commands.ts';
import { listDeleted } from '../events.ts';
import { lockList } from '../locks.ts';
import { removeList } from './account-list-store.ts';
import { ownList } from './own-list.ts';

export async function deleteList(
  { database, eventLog }: CommandParts,
  { viewerId, listId }: { readonly viewerId: string; readonly listId: string },
): Promise<Outcome<null>> {
  return database.transaction(async (transaction) => {
    await lockList(transaction, listId);
    const found = await ownList(transaction, viewerId, listId);
    if ('mistake' in found) return refused(found.mistake);
    await removeList(transaction, listId);
    await eventLog.append(transaction, [listDeleted(listId)]);
    return done(null);
  });
}
