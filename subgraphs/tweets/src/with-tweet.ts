import type { NewEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused, type UserError } from '@starling/platform/graphql';
import type { Transaction } from '@starling/platform/postgres';
import type { Act, CommandParts } from './commands.ts';
import { findTarget } from './targets.ts';
import type { Target } from './tweet-store.ts';

/** What a change has to tell: events when something changed, none when it was so before, or why it must not be. */
export type Change = readonly NewEvent[] | UserError;

/**
 * What commands on one tweet have in common: in one transaction the tweet is found, seen by the viewer and kept from being
 * deleted, the change made, and its events written. Answers the tweet's id.
 */
export async function withTweet(
  { database, eventLog, copies }: CommandParts,
  { viewerId, tweetId }: Act,
  change: (transaction: Transaction, target: Target) => Promise<Change>,
): Promise<Outcome<string>> {
  await copies.caughtUp();
  return database.transaction(async (transaction) => {
    const { target, mistake } = await findTarget(transaction, viewerId, { inputField: 'tweetId', tweetId });
    if (mistake) return refused(mistake);
    const changed = await change(transaction, target);
    if ('code' in changed) return refused(changed);
    if (changed.length > 0) await eventLog.append(transaction, changed);
    return done(tweetId);
  });
}
