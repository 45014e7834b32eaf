import { type UserError, userError } from '@starling/platform/graphql';
import type { Transaction } from '@starling/platform/postgres';
import { getRelationsByUserIds } from './relation-store.ts';
import { lockTargets, type Target } from './tweet-store.ts';
import { NO_RELATION, type Relation } from './visibility/relation.ts';

export const noSuchTweet = (inputField: string): UserError =>
  userError('NOT_FOUND', 'There is no such tweet.', inputField);

/**
 * Why the viewer can do nothing with a tweet, or undefined. Who is blocked by the author is not told that there is such a
 * tweet, nor is whom a protected author shuts out; who blocks the author knows, and is told what stands in the way.
 */
export function mistakeInTarget(
  { isDeleted }: Pick<Target, 'isDeleted'>,
  { isBlocking, isBlockedBy, isShutOut }: Relation,
  inputField: string,
): UserError | undefined {
  if (isDeleted || isBlockedBy) return noSuchTweet(inputField);
  if (isBlocking) return userError('BLOCKED', 'You block the author of this tweet.', inputField);
  if (isShutOut) return noSuchTweet(inputField);
  return undefined;
}

/** How the viewer stands to the authors, each of them and the viewer too. */
export async function relationsTo(
  transaction: Transaction,
  viewerId: string,
  userIds: readonly string[],
): Promise<(userId: string) => Relation> {
  const others = [...new Set(userIds)].filter((userId) => userId !== viewerId);
  const rows = others.length > 0 ? await getRelationsByUserIds(transaction, viewerId, others) : [];
  const relations = new Map(rows.map((row) => [row.userId, row]));
  return (userId) => relations.get(userId) ?? NO_RELATION;
}

/** An input field that names a tweet. */
export interface Named {
  readonly inputField: string;
  readonly tweetId: string;
}

/** What is wrong with the tweets that input fields name, of which `found` are there. */
export function mistakesInTargets(named: readonly Named[], found: readonly (Target & Relation)[]): UserError[] {
  const targets = new Map(found.map((target) => [target.id, target]));
  return named.flatMap(({ inputField, tweetId }) => {
    const target = targets.get(tweetId);
    return (target ? mistakeInTarget(target, target, inputField) : noSuchTweet(inputField)) ?? [];
  });
}

/** A tweet that an input field names, or what is wrong with that. */
export type FoundTarget =
  | { readonly target: Target; readonly mistake?: undefined }
  | { readonly target?: undefined; readonly mistake: UserError };

/**
 * Finds and locks the tweet that an input field names. Locks: the tweet's row against deletion, before anything else that
 * the transaction locks.
 */
export async function findTarget(
  transaction: Transaction,
  viewerId: string,
  { inputField, tweetId }: Named,
): Promise<FoundTarget> {
  const [target] = await lockTargets(transaction, [tweetId]);
  if (!target) return { mistake: noSuchTweet(inputField) };
  const relationTo = await relationsTo(transaction, viewerId, [target.authorId]);
  const mistake = mistakeInTarget(target, relationTo(target.authorId), inputField);
  return mistake ? { mistake } : { target };
}
