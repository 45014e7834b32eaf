import { TEXTS } from './commands.ts';
import { pair, Relations } from './relations.ts';

/**
 * What Starling promises, written as plainly as it can be: everything in memory, every answer computed from scratch.
 * No cache, no index, no event: where the product and this page disagree, one of them is wrong.
 */
export interface ModelTweet {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly quoted: string | null;
}

interface Retweet {
  readonly by: string;
  readonly tweet: string;
  /** Place in the order of things: retweets have no id that a client sees. */
  readonly order: number;
}

export interface HomeEntry {
  readonly tweet: string;
  readonly retweetedBy: string | null;
}

export class Model extends Relations {
  private readonly tweets = new Map<string, ModelTweet>();
  private readonly orderOfTweet = new Map<string, number>();
  private readonly deleted = new Set<string>();
  private retweets: Retweet[] = [];
  private readonly likes = new Map<string, number>();
  private readonly bookmarks = new Map<string, number>();
  private readonly pins = new Map<string, string>();

  constructor(readonly accounts: readonly string[]) {
    super();
  }

  // What people do. Each answers whether it is allowed; when not, nothing changes.

  post(tweet: ModelTweet): void {
    this.tweets.set(tweet.id, tweet);
    this.orderOfTweet.set(tweet.id, this.clock++);
  }

  mayAnswer(viewer: string, tweetId: string): boolean {
    return this.sees(viewer, tweetId);
  }

  delete(viewer: string, tweetId: string): boolean {
    const tweet = this.tweets.get(tweetId);
    if (!tweet || this.deleted.has(tweetId) || tweet.author !== viewer) return false;
    this.deleted.add(tweetId);
    this.retweets = this.retweets.filter(({ tweet }) => tweet !== tweetId);
    for (const [user, pinned] of this.pins) if (pinned === tweetId) this.pins.delete(user);
    return true;
  }

  like(viewer: string, tweetId: string): boolean {
    if (!this.sees(viewer, tweetId)) return false;
    const key = pair(viewer, tweetId);
    if (!this.likes.has(key)) this.likes.set(key, this.clock++);
    return true;
  }

  unlike(viewer: string, tweetId: string): boolean {
    if (!this.sees(viewer, tweetId)) return false;
    this.likes.delete(pair(viewer, tweetId));
    return true;
  }

  bookmark(viewer: string, tweetId: string): boolean {
    if (!this.sees(viewer, tweetId)) return false;
    const key = pair(viewer, tweetId);
    if (!this.bookmarks.has(key)) this.bookmarks.set(key, this.clock++);
    return true;
  }

  removeBookmark(viewer: string, tweetId: string): boolean {
    if (!this.sees(viewer, tweetId)) return false;
    this.bookmarks.delete(pair(viewer, tweetId));
    return true;
  }

  retweet(viewer: string, tweetId: string): boolean {
    if (!this.sees(viewer, tweetId)) return false;
    const author = this.tweets.get(tweetId)?.author ?? '';
    if (author !== viewer && this.protectedAccounts.has(author)) return false;
    if (!this.retweets.some(({ by, tweet }) => by === viewer && tweet === tweetId)) {
      this.retweets.push({ by: viewer, tweet: tweetId, order: this.clock++ });
    }
    return true;
  }

  undoRetweet(viewer: string, tweetId: string): boolean {
    if (!this.sees(viewer, tweetId)) return false;
    this.retweets = this.retweets.filter(({ by, tweet }) => !(by === viewer && tweet === tweetId));
    return true;
  }

  pin(viewer: string, tweetId: string): boolean {
    const tweet = this.tweets.get(tweetId);
    if (!tweet || tweet.author !== viewer || this.deleted.has(tweetId)) return false;
    this.pins.set(viewer, tweetId);
    return true;
  }

  // What people see.

  home(viewer: string): HomeEntry[] {
    const followed = (user: string) => user === viewer || this.follows.has(pair(viewer, user));
    const entries: (HomeEntry & { order: number })[] = [];
    for (const tweet of this.tweets.values()) {
      const answered = tweet.replyTo === null ? null : (this.tweets.get(tweet.replyTo)?.author ?? null);
      const belongs =
        tweet.author === viewer ||
        (followed(tweet.author) && (answered === null || answered === tweet.author || followed(answered)));
      const mute = this.mutes.get(pair(viewer, tweet.author));
      if (!belongs || !this.sees(viewer, tweet.id) || (mute && !mute.onlyRetweets)) continue;
      if (this.saysMuted(viewer, tweet)) continue;
      entries.push({ tweet: tweet.id, retweetedBy: null, order: this.placeOf(tweet.id) });
    }
    for (const { by, tweet, order } of this.retweets) {
      if (!followed(by) || this.blocked(viewer, by) || this.mutes.has(pair(viewer, by))) continue;
      const author = this.tweets.get(tweet)?.author ?? '';
      const authorMute = this.mutes.get(pair(viewer, author));
      if (authorMute && !authorMute.onlyRetweets) continue;
      const retweeted = this.tweets.get(tweet);
      if (by !== viewer && retweeted && this.saysMuted(viewer, retweeted)) continue;
      if (this.sees(viewer, tweet)) entries.push({ tweet, retweetedBy: by, order });
    }
    return entries.sort((a, b) => b.order - a.order).map(({ tweet, retweetedBy }) => ({ tweet, retweetedBy }));
  }

  /** A tweet of somebody else's, or one that it quotes and the viewer may see, says what the viewer has muted. */
  private saysMuted(viewer: string, { author, text, quoted }: ModelTweet): boolean {
    if (author === viewer) return false;
    const said = TEXTS[text]?.some((phrase) => this.mutesWord(viewer, phrase)) === true;
    const inside = quoted !== null && this.sees(viewer, quoted) ? this.tweets.get(quoted) : undefined;
    return said || (inside !== undefined && this.saysMuted(viewer, { ...inside, quoted: null }));
  }

  /** The profile without answers to others, the pinned tweet first and not again in its place. */
  profile(viewer: string, user: string): (HomeEntry & { isPinned: boolean })[] {
    if (this.blocked(viewer, user) || this.isShutOut(viewer, user)) return [];
    const pinned = this.pins.get(user);
    const entries: (HomeEntry & { order: number })[] = [];
    for (const tweet of this.tweets.values()) {
      if (tweet.author !== user || tweet.id === pinned || !this.sees(viewer, tweet.id)) continue;
      const answered = tweet.replyTo === null ? null : this.tweets.get(tweet.replyTo)?.author;
      if (answered === null || answered === user) {
        entries.push({ tweet: tweet.id, retweetedBy: null, order: this.placeOf(tweet.id) });
      }
    }
    for (const { by, tweet, order } of this.retweets) {
      if (by === user && this.sees(viewer, tweet)) entries.push({ tweet, retweetedBy: by, order });
    }
    const rest = entries
      .sort((a, b) => b.order - a.order)
      .map(({ tweet, retweetedBy }) => ({ tweet, retweetedBy, isPinned: false }));
    return pinned === undefined ? rest : [{ tweet: pinned, retweetedBy: null, isPinned: true }, ...rest];
  }

  sees(viewer: string, tweetId: string): boolean {
    const tweet = this.tweets.get(tweetId);
    if (!tweet || this.deleted.has(tweetId)) return false;
    return !this.blocked(viewer, tweet.author) && !this.isShutOut(viewer, tweet.author);
  }

  /** What stands in the place of a tweet that is answered or quoted. */
  place(viewer: string, tweetId: string): 'TWEET' | 'DELETED' | 'BLOCKED' | 'AUTHOR_PROTECTED' {
    if (this.deleted.has(tweetId)) return 'DELETED';
    if (this.sees(viewer, tweetId)) return 'TWEET';
    return this.blocked(viewer, this.tweets.get(tweetId)?.author ?? '') ? 'BLOCKED' : 'AUTHOR_PROTECTED';
  }

  tweet(tweetId: string): ModelTweet | undefined {
    return this.tweets.get(tweetId);
  }

  allTweets(): ModelTweet[] {
    return [...this.tweets.values()];
  }

  likers(viewer: string, tweetId: string): string[] {
    return this.newestFirst(this.likes, (liker, tweet) => tweet === tweetId && this.meets(viewer, liker));
  }

  retweeters(viewer: string, tweetId: string): string[] {
    return this.retweets
      .filter(({ tweet, by }) => tweet === tweetId && this.meets(viewer, by))
      .sort((a, b) => b.order - a.order)
      .map(({ by }) => by);
  }

  /** What the account likes, liked last first. */
  liked(viewer: string, user: string): string[] {
    return this.meets(viewer, user) ? this.markedBy(this.likes, viewer, user) : [];
  }

  /** What the viewer has bookmarked, last first. */
  bookmarked(viewer: string): string[] {
    return this.markedBy(this.bookmarks, viewer, viewer);
  }

  /** What quotes the tweet, the newest first. */
  quotes(viewer: string, tweetId: string): string[] {
    return [...this.tweets.values()]
      .filter(({ id, quoted }) => quoted === tweetId && this.sees(viewer, id))
      .sort((a, b) => this.placeOf(b.id) - this.placeOf(a.id))
      .map(({ id }) => id);
  }

  private markedBy(marks: ReadonlyMap<string, number>, viewer: string, user: string): string[] {
    return [...marks]
      .map(([key, order]) => ({ by: key.split('>')[0], tweet: key.split('>')[1] ?? '', order }))
      .filter(({ by, tweet }) => by === user && this.sees(viewer, tweet))
      .sort((a, b) => b.order - a.order)
      .map(({ tweet }) => tweet);
  }

  /** What answers the tweet directly: its author's own first, then by engagement, then the newest. */
  answers(viewer: string, tweetId: string): string[] {
    const author = this.tweets.get(tweetId)?.author;
    return [...this.tweets.values()]
      .filter((tweet) => tweet.replyTo === tweetId && this.sees(viewer, tweet.id) && !this.saysMuted(viewer, tweet))
      .filter(({ author: by }) => this.mutes.get(pair(viewer, by))?.onlyRetweets !== false)
      .map(({ id, author: by }) => {
        const { likes, retweets, replies } = this.counts(id);
        return { id, own: by === author, engagement: likes + retweets + replies, order: this.placeOf(id) };
      })
      .sort((a, b) => Number(b.own) - Number(a.own) || b.engagement - a.engagement || b.order - a.order)
      .map(({ id }) => id);
  }

  /** What leads from the root to the tweet, the root first. */
  ancestors(tweetId: string): string[] {
    const above: string[] = [];
    for (let id = this.tweets.get(tweetId)?.replyTo ?? null; id !== null; id = this.tweets.get(id)?.replyTo ?? null) {
      above.unshift(id);
    }
    return above;
  }

  counts(tweetId: string) {
    const alive = [...this.tweets.values()].filter(({ id }) => !this.deleted.has(id));
    return {
      likes: [...this.likes.keys()].filter((key) => key.endsWith(`>${tweetId}`)).length,
      retweets: this.retweets.filter(({ tweet }) => tweet === tweetId).length,
      replies: alive.filter(({ replyTo }) => replyTo === tweetId).length,
      quotes: alive.filter(({ quoted }) => quoted === tweetId).length,
      bookmarks: [...this.bookmarks.keys()].filter((key) => key.endsWith(`>${tweetId}`)).length,
    };
  }

  accountCounts(user: string): { tweets: number; followers: number; following: number } {
    const keys = [...this.follows.keys()];
    return {
      tweets: [...this.tweets.values()].filter(({ id, author }) => author === user && !this.deleted.has(id)).length,
      followers: keys.filter((key) => key.endsWith(`>${user}`)).length,
      following: keys.filter((key) => key.startsWith(`${user}>`)).length,
    };
  }

  hasLiked(viewer: string, tweetId: string): boolean {
    return this.likes.has(pair(viewer, tweetId));
  }

  hasBookmarked(viewer: string, tweetId: string): boolean {
    return this.bookmarks.has(pair(viewer, tweetId));
  }

  hasRetweeted(viewer: string, tweetId: string): boolean {
    return this.retweets.some(({ by, tweet }) => by === viewer && tweet === tweetId);
  }

  private placeOf(tweetId: string): number {
    return this.orderOfTweet.get(tweetId) ?? -1;
  }
}
