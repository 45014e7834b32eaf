import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { isBlockBetween } from '../block-store.ts';
import { type CommandParts, noSuchAccount } from '../commands.ts';
import { listMemberAdded } from '../events.ts';
import { lockList, lockPair } from '../locks.ts';
import type { ListAct } from './list-act.ts';
import { addMember, isMember } from './member-store.ts';
import { ownList } from './own-list.ts';

/** One's own account may be in one's own list. Under the pair's lock, no block comes in between. */
export async function addListMember(
  parts: CommandParts,
  { viewerId, listId, userId }: ListAct,
): Promise<Outcome<string>> {
  const mistake = await noSuchAccount(parts, userId);
  if (mistake) return refused(mistake);

  return parts.database.transaction(async (transaction) => {
    await lockPair(transaction, viewerId, userId);
    await lockList(transaction, listId);
    const found = await ownList(transaction, viewerId, listId);
    if ('mistake' in found) return refused(found.mistake);
    if (await isBlockBetween(transaction, viewerId, userId)) {
      return refused(userError('BLOCKED', 'You cannot add an account that you block, or that blocks you.', 'userId'));
    }
    if (await isMember(transaction, { listId, userId })) return done(listId);
    if (found.list.memberCount >= parts.maxListMembers) {
      const message = `A list has ${parts.maxListMembers} members at most.`;
      return refused(userError('LIMIT_REACHED', message, 'listId'));
    }
    await addMember(transaction, found.list, userId);
    await parts.eventLog.append(transaction, [listMemberAdded({ listId, userId })]);
    return done(listId);
  });
}
