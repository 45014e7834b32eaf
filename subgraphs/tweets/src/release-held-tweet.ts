import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { accountFinder } from './account-finder.ts';
import type { CommandParts } from './commands.ts';
import { released } from './events.ts';
import { type Decided, decide, isDecided, lockHeldTweet } from './held-tweet-store.ts';
import { parseTweetText } from './text/parse-tweet-text.ts';
import { type NewTweet, type WriteParts, writeTweet } from './write-tweet.ts';

export interface Decision {
  readonly moderatorId: string;
  readonly heldTweetId: string;
}

export const noSuchHeldTweet = () =>
  refused(userError('NOT_FOUND', 'There is no such tweet to decide about.', 'heldTweetId'));

/** What is decided stays so: deciding the same again is success, and something else is refused. */
export function decidedBefore({ decision, tweetId }: Decided, wanted: Decided['decision']): Outcome<string | null> {
  if (decision === wanted) return done(tweetId);
  const what = decision === 'RELEASED' ? 'released' : 'discarded';
  return refused(userError('DUPLICATE', `A moderator has ${what} it already.`, 'heldTweetId'));
}

/** Writes it; under its key, unless the author has used that for something else since. */
async function write(parts: WriteParts, input: NewTweet): Promise<Outcome<string>> {
  // What was allowed to wait may be posted, also when tweets have to be shorter since.
  const parsed = parseTweetText(input.text, { maxWeightedLength: Number.POSITIVE_INFINITY });
  const outcome = await writeTweet(parts, input, parsed);
  const keyIsTaken = !outcome.ok && outcome.userErrors.some(({ code }) => code === 'DUPLICATE');
  return keyIsTaken ? writeTweet(parts, { ...input, idempotencyKey: null }, parsed) : outcome;
}

/**
 * Posts what was held as its author, now, in the transaction that ends its waiting: once, whoever releases it how often. What
 * it answers or quotes may be gone; then it goes on waiting. Answers the tweet. Locks: the held tweet, then as in writing.
 */
export async function releaseHeldTweet(
  parts: CommandParts,
  { moderatorId, heldTweetId }: Decision,
): Promise<Outcome<string | null>> {
  // Before a connection is taken: who waits for the copies holds none.
  await parts.copies.caughtUp();
  return parts.database.transaction(async (transaction) => {
    const held = await lockHeldTweet(transaction, heldTweetId);
    if (!held) return noSuchHeldTweet();
    if (isDecided(held)) return decidedBefore(held, 'RELEASED');
    const writing: WriteParts = {
      ...parts,
      database: transaction,
      copies: { caughtUp: async () => {} },
      findAccounts: accountFinder(transaction),
    };
    const outcome = await write(writing, { ...held, viewerId: held.authorId });
    if (!outcome.ok)
      return refused(...outcome.userErrors.map((error) => ({ ...error, field: ['input', 'heldTweetId'] })));
    const { value: tweetId } = outcome;
    await decide(transaction, heldTweetId, { decision: 'RELEASED', tweetId, moderatorId });
    await parts.eventLog.append(transaction, [released({ heldTweetId, authorId: held.authorId, tweetId })]);
    return outcome;
  });
}
