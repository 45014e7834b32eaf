import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';

/** What is not bookmarked stays so. */
export async function removeBookmarkOfTweet({ copies, engagements }: CommandParts, act: Act): Promise<Outcome<string>> {
  await copies.caughtUp();
  return engagements.removeBookmark(act);
}
