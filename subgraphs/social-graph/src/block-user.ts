import { done, type Outcome, refused } from '@starling/platform/graphql';
import { addBlock } from './block-store.ts';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { endFollow } from './end-follow.ts';
import { endFollowRequest } from './end-follow-request.ts';
import { blocked } from './events.ts';
import { endMemberships, lockMemberships } from './lists/end-memberships.ts';
import { lockPair } from './locks.ts';

/**
 * The block and the end of what either follows, asked for and lists are one transaction: nobody ever sees a follow across a
 * block.
 */
export async function blockUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId } = act;

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, viewerId, userId);
    const memberships = await lockMemberships(transaction, viewerId, userId);
    if (!(await addBlock(transaction, viewerId, userId))) return;
    for (const [followerId, followeeId] of [
      [viewerId, userId],
      [userId, viewerId],
    ] as const) {
      await endFollow(parts.eventLog, transaction, followerId, followeeId);
      await endFollowRequest(parts.eventLog, transaction, { followerId, followeeId }, 'BLOCKED');
    }
    await endMemberships(parts.eventLog, transaction, memberships);
    await parts.eventLog.append(transaction, [blocked(viewerId, userId)]);
  });
  return done(userId);
}
