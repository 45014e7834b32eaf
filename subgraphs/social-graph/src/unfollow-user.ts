import { done, type Outcome, refused } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { endFollow } from './end-follow.ts';
import { lockPair } from './locks.ts';

export async function unfollowUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, act.viewerId, act.userId);
    await endFollow(parts.eventLog, transaction, act.viewerId, act.userId);
  });
  return done(act.userId);
}
