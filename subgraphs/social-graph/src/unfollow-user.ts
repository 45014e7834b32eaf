import { done, type Outcome, refused } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { endFollow } from './end-follow.ts';
import { endFollowRequest } from './end-follow-request.ts';
import { lockPair } from './locks.ts';

/** Ends the follow, or withdraws the request for one. */
export async function unfollowUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, act.viewerId, act.userId);
    await endFollow(parts.eventLog, transaction, act.viewerId, act.userId);
    const request = { followerId: act.viewerId, followeeId: act.userId };
    await endFollowRequest(parts.eventLog, transaction, request, 'WITHDRAWN');
  });
  return done(act.userId);
}
