import { accountId, drawRank } from './mapping.ts';
import type { PlacedPost } from './place-in-time.ts';

interface LatestPost {
  readonly tweetId: string;
  readonly authorId: string;
  readonly conversationId: string;
}

/** A new post with its author's account and its place in a conversation. */
export interface ThreadedPost extends PlacedPost {
  readonly authorId: string;
  readonly conversationId: string;
  readonly replyTo: { readonly tweetId: string; readonly authorId: string } | null;
}

/**
 * Who writes the posts of a file and what they answer, read in the order of time.
 *
 * The file's busiest author is the graph's most followed account, the second is the second, and so on; a file with more
 * authors than the graph has accounts begins again at the top. A post that names no author draws one (`drawRank`). A post
 * to somebody answers the latest post before it that names that author.
 */
export class Threads {
  readonly #latestOf = new Map<string, LatestPost>();
  #tooEarly = 0;
  #toStrangers = 0;

  /** `nodes` are the accounts, the most followed first. */
  constructor(
    readonly source: string,
    readonly nodes: Uint32Array,
  ) {}

  /** Takes note of a post, and answers it threaded when it is new. */
  read(post: PlacedPost): ThreadedPost | undefined {
    const { author, to, tweetId, isNew } = post;
    const target = to === null ? undefined : this.#latestOf.get(to);
    const authorId = post.authorId ?? this.#authorOf(post);
    const conversationId = post.conversationId ?? target?.conversationId ?? tweetId;
    if (author !== null) this.#latestOf.set(author, { tweetId, authorId, conversationId });
    if (!isNew) return undefined;
    if (to !== null && !target) {
      if (post.toIsKnown) this.#tooEarly += 1;
      else this.#toStrangers += 1;
    }
    return {
      ...post,
      authorId,
      conversationId,
      replyTo: target ? { tweetId: target.tweetId, authorId: target.authorId } : null,
    };
  }

  notes(): string[] {
    return [
      ...(this.#tooEarly > 0
        ? [`${this.#tooEarly} answer somebody who had written nothing yet: they answer nothing`]
        : []),
      ...(this.#toStrangers > 0
        ? [`${this.#toStrangers} answer somebody of whom the file has nothing: they answer nothing`]
        : []),
    ];
  }

  #authorOf({ authorRank, sourceId }: PlacedPost): string {
    const size = this.nodes.length;
    const rank = authorRank === null ? drawRank(this.source, sourceId, size) : authorRank % size;
    return accountId(this.nodes[rank] ?? 0);
  }
}
