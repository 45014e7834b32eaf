import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';

/** What is not liked stays so. */
export async function unlikeTweet({ copies, engagements }: CommandParts, act: Act): Promise<Outcome<string>> {
  await copies.caughtUp();
  return engagements.unlike(act);
}
