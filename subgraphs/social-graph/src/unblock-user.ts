import { done, type Outcome, refused } from '@starling/platform/graphql';
import { removeBlock } from './block-store.ts';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { unblocked } from './events.ts';
import { lockPair } from './locks.ts';

export async function unblockUser(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId } = act;

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, viewerId, userId);
    if (await removeBlock(transaction, viewerId, userId)) {
      await parts.eventLog.append(transaction, [unblocked(viewerId, userId)]);
    }
  });
  return done(userId);
}
