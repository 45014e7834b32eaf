import { done, type Outcome, refused } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { endFollowRequest } from './end-follow-request.ts';
import { lockPair } from './locks.ts';

/** Ends a request without a follow; the account may ask again. */
export async function declineFollowRequest(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId: followeeId, userId: followerId } = act;

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, followeeId, followerId);
    await endFollowRequest(parts.eventLog, transaction, { followerId, followeeId }, 'DECLINED');
  });
  return done(followerId);
}
