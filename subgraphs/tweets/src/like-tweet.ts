import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';

/** Liking again changes nothing; one may like one's own. */
export async function likeTweet({ copies, engagements }: CommandParts, act: Act): Promise<Outcome<string>> {
  await copies.caughtUp();
  return engagements.like(act);
}
