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

/** A tweet that an input field names, or what is wrong with that. */
export type FoundTarget =
  | { readonly target: Target; readonly mistake?: undefined }
  | { readonly target?: undefined; readonly mistake: UserError };

/**
 * Finds and locks the tweets that input fields name. Locks: the tweets' rows against deletion, in ascending order, all at
 * once and before anything else that the transaction locks.
 */
export async function findTargets(
  transaction: Transaction,
  viewerId: string,
  named: readonly Named[],
): Promise<ReadonlyMap<string, FoundTarget>> {
  if (named.length === 0) return new Map();
  const rows = await lockTargets(transaction, [...new Set(named.map(({ tweetId }) => tweetId))]);
  const targets = new Map(rows.map((row) => [row.id, row]));
  const relationTo = await relationsTo(
    transaction,
    viewerId,
    rows.map(({ authorId }) => authorId),
  );
  const find = ({ inputField, tweetId }: Named): FoundTarget => {
    const target = targets.get(tweetId);
    if (!target) return { mistake: noSuchTweet(inputField) };
    const mistake = mistakeInTarget(target, relationTo(target.authorId), inputField);
    return mistake ? { mistake } : { target };
  };
  return new Map(named.map((name) => [name.inputField, find(name)]));
}

/** `findTargets` of one field. */
export async function findTarget(transaction: Transaction, viewerId: string, named: Named): Promise<FoundTarget> {
  const found = await findTargets(transaction, viewerId, [named]);
  return found.get(named.inputField) ?? { mistake: noSuchTweet(named.inputField) };
}
