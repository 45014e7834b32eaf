import type { Span } from './acts.ts';
import type { ProfileTab } from './client.ts';
import type { HomeEntry, ModelTweet } from './engagement.ts';
import { Lists } from './lists.ts';
import { ReadMarks } from './read-marks.ts';
import { pair } from './relations.ts';

interface ProfileEntry extends HomeEntry {
  readonly isPinned: boolean;
}

/**
 * What Starling promises, written as plainly as it can be: everything in memory, every answer computed from scratch.
 * No cache, no index, no event: where the product and this page disagree, one of them is wrong.
 */
export class Model extends Lists {
  readonly readMarks = new ReadMarks(this);

  markRead(viewer: string, upTo: string): boolean {
    this.readMarks.mark(viewer, upTo);
    return true;
  }

  /** To be told after everything that is done: it was done in this time. */
  done(span: Span): void {
    this.acts.timed(span);
    this.readMarks.look();
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
      const author = this.authorOf(tweet);
      const authorMute = this.mutes.get(pair(viewer, author));
      if (authorMute && !authorMute.onlyRetweets) continue;
      const retweeted = this.tweets.get(tweet);
      if (by !== viewer && retweeted && this.saysMuted(viewer, retweeted)) continue;
      if (this.sees(viewer, tweet)) entries.push({ tweet, retweetedBy: by, order });
    }
    return entries.sort((a, b) => b.order - a.order).map(({ tweet, retweetedBy }) => ({ tweet, retweetedBy }));
  }

  /** A tweet of somebody else's, or one that it quotes and the viewer may see, says what the viewer has muted. */
  saysMuted(viewer: string, { author, says, quoted }: Pick<ModelTweet, 'author' | 'says' | 'quoted'>): boolean {
    if (author === viewer) return false;
    const said = says.some((phrase) => this.mutesWord(viewer, phrase));
    const inside = quoted !== null && this.sees(viewer, quoted) ? this.tweets.get(quoted) : undefined;
    return said || (inside !== undefined && this.saysMuted(viewer, { ...inside, quoted: null }));
  }

  /** What the account wrote and retweeted, newest first. */
  private written(viewer: string, user: string): ProfileEntry[] {
    if (!this.meets(viewer, user)) return [];
    const tweets = [...this.tweets.values()]
      .filter(({ id, author }) => author === user && this.sees(viewer, id))
      .map(({ id }) => ({ tweet: id, retweetedBy: null, order: this.placeOf(id) }));
    const retweets = this.retweets
      .filter(({ by, tweet }) => by === user && this.sees(viewer, tweet))
      .map(({ tweet, by, order }) => ({ tweet, retweetedBy: by, order }));
    return [...tweets, ...retweets]
      .sort((a, b) => b.order - a.order)
      .map(({ tweet, retweetedBy }) => ({ tweet, retweetedBy, isPinned: false }));
  }

  /** The tabs of a profile. In the first one the pinned tweet comes first and not again in its place, and no answers to others. */
  profile(viewer: string, user: string, tab: ProfileTab): ProfileEntry[] {
    // Nobody can post media.
    if (tab === 'MEDIA') return [];
    const written = this.written(viewer, user);
    if (tab === 'TWEETS_AND_REPLIES') return written;
    const pinned = this.pins.get(user);
    const first = written.find(({ tweet, retweetedBy }) => retweetedBy === null && tweet === pinned);
    const isThread = (tweetId: string) => {
      const answered = this.tweets.get(tweetId)?.replyTo ?? null;
      return answered === null || this.authorOf(answered) === user;
    };
    const rest = written.filter((entry) => entry !== first && (entry.retweetedBy !== null || isThread(entry.tweet)));
    return first ? [{ ...first, isPinned: true }, ...rest] : rest;
  }

  /** What stands in the place of a tweet that is answered or quoted. */
  place(viewer: string, tweetId: string): 'TWEET' | 'DELETED' | 'BLOCKED' | 'AUTHOR_PROTECTED' {
    if (this.deleted.has(tweetId)) return 'DELETED';
    if (this.sees(viewer, tweetId)) return 'TWEET';
    return this.blocked(viewer, this.authorOf(tweetId)) ? 'BLOCKED' : 'AUTHOR_PROTECTED';
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

  /** What is liked, in no order: how popular it is depends on the clock. */
  popular(viewer: string): string[] {
    return [...this.tweets.values()]
      .filter((tweet) => this.counts(tweet.id).likes > 0 && this.comesUp(viewer, tweet))
      .map(({ id }) => id);
  }

  /** A tweet that may be in the viewer's home for being popular: somebody else's, of whom the viewer hears nothing otherwise. */
  mayBeMixedIn(viewer: string, tweetId: string): boolean {
    const tweet = this.tweets.get(tweetId);
    if (!tweet || tweet.replyTo !== null || tweet.author === viewer) return false;
    return !this.follows.has(pair(viewer, tweet.author)) && this.comesUp(viewer, tweet);
  }

  /** The viewer sees it, and mutes neither who wrote it nor what it says. */
  private comesUp(viewer: string, tweet: ModelTweet): boolean {
    const isMuted = this.mutes.get(pair(viewer, tweet.author))?.onlyRetweets === false;
    return this.sees(viewer, tweet.id) && !isMuted && !this.saysMuted(viewer, tweet);
  }

  /** What answers the tweet directly: its author's own first, then by engagement, then the newest. */
  answers(viewer: string, tweetId: string): string[] {
    const author = this.tweets.get(tweetId)?.author;
    return [...this.tweets.values()]
      .filter((tweet) => tweet.replyTo === tweetId && this.comesUp(viewer, tweet))
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

  /** What the account shows first, if the viewer may see it. */
  pinned(viewer: string, user: string): string | null {
    const pinned = this.pins.get(user);
    return pinned !== undefined && this.sees(viewer, pinned) ? pinned : null;
  }

  /** The best first, and how many of those whom the viewer follows follow them. */
  suggestions(viewer: string): { user: string; friends: number }[] {
    const isUnwanted = (user: string) =>
      user === viewer ||
      this.follows.has(pair(viewer, user)) ||
      this.requests.has(pair(viewer, user)) ||
      this.blocked(viewer, user) ||
      this.mutes.get(pair(viewer, user))?.onlyRetweets === false ||
      this.dismissals.has(pair(viewer, user));
    const followed = this.newestOf(this.follows, viewer);
    return this.accounts
      .filter((user) => !isUnwanted(user))
      .map((user) => {
        const friends = followed.filter((friend) => this.follows.has(pair(friend, user))).length;
        // In powers of two.
        const magnitude = Math.floor(Math.log2(this.accountCounts(user).followers + 1));
        return { user, friends, score: 100 * friends * (1 + magnitude) + magnitude };
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (BigInt(a.user) < BigInt(b.user) ? 1 : -1))
      .map(({ user, friends }) => ({ user, friends }));
  }

  accountCounts(user: string): { tweets: number; followers: number; following: number } {
    const keys = [...this.follows.keys()];
    return {
      tweets: [...this.tweets.values()].filter(({ id, author }) => author === user && !this.deleted.has(id)).length,
      followers: keys.filter((key) => key.endsWith(`>${user}`)).length,
      following: keys.filter((key) => key.startsWith(`${user}>`)).length,
    };
  }
}
