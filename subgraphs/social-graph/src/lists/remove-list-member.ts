import { done, type Outcome, refused } from '@starling/platform/graphql';
import { type CommandParts, noSuchAccount } from '../commands.ts';
import { listMemberRemoved } from '../events.ts';
import { lockList } from '../locks.ts';
import type { ListAct } from './list-act.ts';
import { removeMember } from './member-store.ts';
import { ownList } from './own-list.ts';

export async function removeListMember(
  parts: CommandParts,
  { viewerId, listId, userId }: ListAct,
): Promise<Outcome<string>> {
  const mistake = await noSuchAccount(parts, userId);
  if (mistake) return refused(mistake);

  return parts.database.transaction(async (transaction) => {
    await lockList(transaction, listId);
    const found = await ownList(transaction, viewerId, listId);
    if ('mistake' in found) return refused(found.mistake);
    if (await removeMember(transaction, { listId, userId })) {
      await parts.eventLog.append(transaction, [listMemberRemoved({ listId, userId })]);
    }
    return done(listId);
  });
}
