import { snowflakeMs } from '@starling/platform/snowflake';
import { tweetId } from './mapping.ts';
import type { StagedPost } from './stage-posts.ts';

export interface PlacedPost extends StagedPost {
  readonly tweetId: string;
  /** True when the post becomes a tweet now, false when it is one already. */
  readonly isNew: boolean;
}

/**
 * Gives each new post, in the order of times, the first millisecond from its own time on that comes after the post before
 * it and that no tweet of the source has; known posts keep theirs. So ids follow the order of the posts, and an answer's id
 * comes after that of what it answers. Answers also the last millisecond given away, where the next batch goes on.
 */
export async function placeInTime(
  posts: readonly StagedPost[],
  slot: number,
  afterMs: number,
  getTaken: (tweetIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<{ placed: PlacedPost[]; lastMs: number }> {
  // Tweets that a shorter version of the file has left in the way are rare: then the batch is placed again around them.
  const occupied = new Set<string>();
  for (;;) {
    let lastMs = afterMs;
    const placed = posts.map((post): PlacedPost => {
      if (post.tweetId !== null) {
        lastMs = Math.max(lastMs, snowflakeMs(post.tweetId));
        return { ...post, tweetId: post.tweetId, isNew: false };
      }
      let ms = Math.max(post.ms, lastMs + 1);
      while (occupied.has(tweetId(ms, slot))) ms += 1;
      lastMs = ms;
      return { ...post, tweetId: tweetId(ms, slot), isNew: true };
    });
    const taken = await getTaken(placed.filter(({ isNew }) => isNew).map((post) => post.tweetId));
    if (taken.size === 0) return { placed, lastMs };
    for (const id of taken) occupied.add(id);
  }
}
