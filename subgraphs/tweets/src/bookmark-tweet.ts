import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';

/** Bookmarking again changes nothing, nor the bookmark's place in the list. */
export async function bookmarkTweet({ copies, engagements }: CommandParts, act: Act): Promise<Outcome<string>> {
  await copies.caughtUp();
  return engagements.bookmark(act);
}
