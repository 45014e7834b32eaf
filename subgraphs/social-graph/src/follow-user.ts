import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { isBlockBetween } from './block-store.ts';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { followed } from './events.ts';
import { addFollow, followsAtLeast, hasFollow } from './follow-store.ts';
import { lockFollower, lockPair } from './locks.ts';

/** The limit holds for a new follow only: who is followed already is success, also when a limit was lowered since. */
export async function followUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId } = act;

  return parts.database.transaction(async (transaction) => {
    await lockFollower(transaction, viewerId);
    await lockPair(transaction, viewerId, userId);
    if (await isBlockBetween(transaction, viewerId, userId)) {
      return refused(userError('BLOCKED', 'A block stands between you and this account.', 'userId'));
    }
    if (await hasFollow(transaction, viewerId, userId)) return done(userId);
    if (await followsAtLeast(transaction, viewerId, parts.maxFollowing)) {
      return refused(userError('LIMIT_REACHED', `You follow ${parts.maxFollowing} accounts, and cannot follow more.`));
    }
    await addFollow(transaction, viewerId, userId);
    await parts.eventLog.append(transaction, [followed(viewerId, userId)]);
    return done(userId);
  });
}
