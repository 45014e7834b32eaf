import type { TweetReader } from './tweet-reader.ts';
import type { Tweet } from './tweet-store.ts';

/**
 * What a tweet answers, what that answers, and so on: farthest first, the `depth` nearest of them; a deleted tweet is a step
 * as any other. Undefined when memory does not have all that it takes.
 */
export function rememberedAncestors(
  { peek }: Pick<TweetReader, 'peek'>,
  { replyToTweetId }: Tweet,
  depth: number,
): string[] | undefined {
  const ids: string[] = [];
  for (let above = replyToTweetId; above !== null; ) {
    ids.push(above);
    if (ids.length === depth) break;
    const row = peek(above);
    if (row === undefined) return undefined;
    above = row?.replyToTweetId ?? null;
  }
  return ids.reverse();
}
