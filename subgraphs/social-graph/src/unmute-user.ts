import { done, type Outcome, refused } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { unmuted } from './events.ts';
import { lockPair } from './locks.ts';
import { removeMute } from './mute-store.ts';

export async function unmuteUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId } = act;

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, viewerId, userId);
    if (await removeMute(transaction, viewerId, userId)) {
      await parts.eventLog.append(transaction, [unmuted(viewerId, userId)]);
    }
  });
  return done(userId);
}
