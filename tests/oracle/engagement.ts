import type { ActKind } from './acts.ts';
import { pair, Relations } from './relations.ts';

export interface ModelTweet {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  /** Which of the phrases that people mute it says. */
  readonly says: readonly string[];
  /** Whom it mentions. */
  readonly mentions: readonly string[];
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

/** What people wrote, and what they did with it. */
export class Engagement extends Relations {
  protected readonly tweets = new Map<string, ModelTweet>();
  protected readonly orderOfTweet = new Map<string, number>();
  protected readonly deleted = new Set<string>();
  protected retweets: Retweet[] = [];
  /** Every entry of home timelines that ever came into being, the oldest first. */
  readonly made: HomeEntry[] = [];
  protected readonly likes = new Map<string, number>();
  protected readonly bookmarks = new Map<string, number>();
  protected readonly pins = new Map<string, string>();

  constructor(readonly accounts: readonly string[]) {
    super();
  }

  // What people do. Each answers whether it is allowed; when not, nothing changes.

  post(tweet: ModelTweet): void {
    this.tweets.set(tweet.id, tweet);
    const order = this.clock++;
    this.orderOfTweet.set(tweet.id, order);
    this.made.push({ tweet: tweet.id, retweetedBy: null });
    // Everybody is told of a tweet once: that it answers them, else that it quotes, else that it mentions them.
    const told = new Map<string, ActKind>(tweet.mentions.map((user) => [user, 'MENTION']));
    const quoted = tweet.quoted === null ? undefined : this.tweets.get(tweet.quoted);
    if (quoted) told.set(quoted.author, 'QUOTE');
    const answered = tweet.replyTo === null ? undefined : this.tweets.get(tweet.replyTo);
    if (answered) told.set(answered.author, 'REPLY');
    for (const [recipient, kind] of told)
      this.acts.did({ kind, recipient, tweet: tweet.id, actor: tweet.author }, order);
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
    if (!this.likes.has(key)) {
      this.acts.did({ kind: 'LIKE', recipient: this.authorOf(tweetId), tweet: tweetId, actor: viewer }, this.clock);
      this.likes.set(key, this.clock++);
    }
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
    const author = this.authorOf(tweetId);
    if (author !== viewer && this.protectedAccounts.has(author)) return false;
    if (!this.retweets.some(({ by, tweet }) => by === viewer && tweet === tweetId)) {
      this.acts.did({ kind: 'RETWEET', recipient: author, tweet: tweetId, actor: viewer }, this.clock);
      this.retweets.push({ by: viewer, tweet: tweetId, order: this.clock++ });
      this.made.push({ tweet: tweetId, retweetedBy: viewer });
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

  sees(viewer: string, tweetId: string): boolean {
    const tweet = this.tweets.get(tweetId);
    if (!tweet || this.deleted.has(tweetId)) return false;
    return !this.blocked(viewer, tweet.author) && !this.isShutOut(viewer, tweet.author);
  }

  tweet(tweetId: string): ModelTweet | undefined {
    return this.tweets.get(tweetId);
  }

  allTweets(): ModelTweet[] {
    return [...this.tweets.values()];
  }

  isDeleted(tweetId: string): boolean {
    return this.deleted.has(tweetId);
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

  hasLiked(viewer: string, tweetId: string): boolean {
    return this.likes.has(pair(viewer, tweetId));
  }

  hasBookmarked(viewer: string, tweetId: string): boolean {
    return this.bookmarks.has(pair(viewer, tweetId));
  }

  hasRetweeted(viewer: string, tweetId: string): boolean {
    return this.retweets.some(({ by, tweet }) => by === viewer && tweet === tweetId);
  }

  protected placeOf(tweetId: string): number {
    return this.orderOfTweet.get(tweetId) ?? -1;
  }

  protected authorOf(tweetId: string): string {
    return this.tweets.get(tweetId)?.author ?? '';
  }
}
