import { done, type Outcome, refused } from '@starling/platform/graphql';
import { type Act, type CommandParts, mistakeInTarget } from './commands.ts';
import { forgetDismissedSuggestions, rememberDismissal } from './suggestion-store.ts';

/** So many dismissals of one viewer are remembered. */
const REMEMBERED_DISMISSALS = 1_000;

/** Nobody else needs to hear of it: there is no event. */
export async function dismissSuggestion(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const mistake = await mistakeInTarget(parts, act);
  if (mistake) return refused(mistake);
  const { viewerId, userId } = act;

  await parts.database.transaction(async (transaction) => {
    await rememberDismissal(transaction, viewerId, userId);
    await forgetDismissedSuggestions(transaction, viewerId, REMEMBERED_DISMISSALS);
  });
  return done(userId);
}
