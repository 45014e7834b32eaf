import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { endFollowRequest } from './end-follow-request.ts';
import { followed } from './events.ts';
import { addFollow, hasFollow } from './follow-store.ts';
import { lockPair } from './locks.ts';

/**
 * The request becomes a follow. The limit on how many accounts one may follow held when it was made, and counts requests.
 * Approving again is success.
 */
export async function approveFollowRequest(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId: followeeId, userId: followerId } = act;

  return parts.database.transaction(async (transaction) => {
    await lockPair(transaction, followeeId, followerId);
    if (await endFollowRequest(parts.eventLog, transaction, { followerId, followeeId }, 'APPROVED')) {
      await addFollow(transaction, followerId, followeeId);
      await parts.eventLog.append(transaction, [followed(followerId, followeeId)]);
      return done(followerId);
    }
    if (await hasFollow(transaction, followerId, followeeId)) return done(followerId);
    return refused(userError('NOT_FOUND', 'This account has not asked to follow you.', 'userId'));
  });
}
