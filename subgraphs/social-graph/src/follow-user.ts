import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { getProtection } from './account-copy-store.ts';
import { isBlockBetween } from './block-store.ts';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { followed, followRequested } from './events.ts';
import { addFollowRequest, hasFollowRequest } from './follow-request-store.ts';
import { addFollow, followsAtLeast, hasFollow } from './follow-store.ts';
import { lockFollower, lockPair } from './locks.ts';

/**
 * Follows, or asks to when the account is protected. The limit holds for a new follow or request only: who is followed or
 * asked already is success, also when a limit was lowered since.
 */
export async function followUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId } = act;
  const pair = { followerId: viewerId, followeeId: userId };

  // Whether the account is protected can have changed a moment ago.
  await parts.accountCopies.caughtUp();
  return parts.database.transaction(async (transaction) => {
    await lockFollower(transaction, viewerId);
    await lockPair(transaction, viewerId, userId);
    if (await isBlockBetween(transaction, viewerId, userId)) {
      return refused(userError('BLOCKED', 'A block stands between you and this account.', 'userId'));
    }
    if (await hasFollow(transaction, viewerId, userId)) return done(userId);
    if (await hasFollowRequest(transaction, pair)) return done(userId);
    if (await followsAtLeast(transaction, viewerId, parts.maxFollowing)) {
      return refused(userError('LIMIT_REACHED', `You follow ${parts.maxFollowing} accounts, and cannot follow more.`));
    }
    if (await getProtection(transaction, userId)) {
      await addFollowRequest(transaction, pair);
      await parts.eventLog.append(transaction, [followRequested(pair)]);
    } else {
      await addFollow(transaction, viewerId, userId);
      await parts.eventLog.append(transaction, [followed(viewerId, userId)]);
    }
    return done(userId);
  });
}
