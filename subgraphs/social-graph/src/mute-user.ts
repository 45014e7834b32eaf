import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { muted } from './events.ts';
import { lockPair } from './locks.ts';
import { putMute } from './mute-store.ts';

interface MuteAct extends Act {
  /** Null for a mute that does not end by itself. */
  readonly until: Date | null;
  readonly onlyRetweets: boolean;
}

/** Muting again replaces the end and the extent of the mute that there is. */
export async function muteUser(parts: CommandParts, act: MuteAct): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId, until, onlyRetweets } = act;
  if (until && until.getTime() <= Date.now()) {
    return refused(userError('INVALID', 'A mute ends in the future.', 'until'));
  }

  await parts.database.transaction(async (transaction) => {
    await lockPair(transaction, viewerId, userId);
    if (await putMute(transaction, { muterId: viewerId, mutedId: userId, until, onlyRetweets })) {
      await parts.eventLog.append(transaction, [muted(viewerId, userId, until, onlyRetweets)]);
    }
  });
  return done(userId);
}
