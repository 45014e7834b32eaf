import type { PostOptions, Retweet, Tweet } from './events.ts';
import type { PageArguments } from './timeline.ts';

interface ModelEntry {
  readonly id: bigint;
  readonly actor: string;
  readonly tweet: Tweet;
  readonly isRetweet: boolean;
  readonly answers: Tweet | null;
}

/** What a tweet says. */
interface Said {
  readonly author: string;
  readonly text: string;
  readonly quoted: string | null;
}

/** The home rule as the documentation has it, over plain sets and with nothing kept: what every page is compared with. */
export class Model {
  entries: ModelEntry[] = [];
  readonly follows = new Set<string>();
  readonly blocks = new Set<string>();
  readonly protectedUsers = new Set<string>();
  /** Phrases of single words, by muter. */
  readonly keywords = new Map<string, Map<string, Date | null>>();
  /** What is popular, best first. */
  ranking: readonly string[] = [];
  private readonly said = new Map<string, Said>();
  readonly mutes = new Map<string, { onlyRetweets: boolean; until: Date | null }>();

  post(tweet: Tweet, { replyTo, text = '', quoting }: PostOptions = {}): void {
    this.said.set(tweet.id, { author: tweet.authorId, text, quoted: quoting?.id ?? null });
    this.entries.push({
      id: BigInt(tweet.id),
      actor: tweet.authorId,
      tweet,
      isRetweet: false,
      answers: replyTo ?? null,
    });
  }

  retweet({ retweetId, retweeterId, id, authorId }: Retweet): void {
    const tweet = { id, authorId };
    this.entries.push({ id: BigInt(retweetId), actor: retweeterId, tweet, isRetweet: true, answers: null });
  }

  delete({ id }: Tweet): void {
    this.said.delete(id);
    this.entries = this.entries.filter(({ tweet }) => tweet.id !== id);
  }

  undo({ retweetId }: Retweet): void {
    this.entries = this.entries.filter(({ id }) => id !== BigInt(retweetId));
  }

  /** Entry ids, newest first. */
  home(viewer: string): bigint[] {
    const inCircle = (user: string) => this.inCircle(viewer, user);
    return this.entries
      .filter(
        ({ actor, tweet, isRetweet, answers }) =>
          inCircle(actor) &&
          (isRetweet ||
            answers === null ||
            actor === viewer ||
            answers.authorId === actor ||
            inCircle(answers.authorId)) &&
          [actor, tweet.authorId].every((user) => inCircle(user) || !this.protectedUsers.has(user)) &&
          !this.blocked(viewer, actor) &&
          !this.blocked(viewer, tweet.authorId) &&
          !this.isMuted(viewer, tweet.authorId) &&
          !this.isMuted(viewer, actor) &&
          !(isRetweet && this.isMuted(viewer, actor, true)) &&
          (viewer === actor || viewer === tweet.authorId || !this.saysMuted(viewer, tweet.id)),
      )
      .map(({ id }) => id)
      .sort((a, b) => (a > b ? -1 : 1));
  }

  /** Entry ids of the home with what is popular in between, newest first. */
  homeWithPopular(viewer: string): bigint[] {
    const home = this.home(viewer);
    const popular = this.ranking.filter((id) => this.mayBeMixedIn(viewer, id)).map(BigInt);
    const standing = popular.filter((id, place) =>
      popular.slice(0, place).every((better) => {
        const [low, high] = id < better ? [id, better] : [better, id];
        return home.filter((other) => other > low && other < high).length >= 4;
      }),
    );
    const broughtIn = this.entries.filter(({ isRetweet, actor }) => isRetweet && this.inCircle(viewer, actor));
    const added = standing.filter((id) => !broughtIn.some(({ tweet }) => BigInt(tweet.id) === id));
    return [...home, ...added].sort((a, b) => (a > b ? -1 : 1));
  }

  private mayBeMixedIn(viewer: string, id: string): boolean {
    const entry = this.entries.find((other) => other.id === BigInt(id) && !other.isRetweet);
    return (
      entry !== undefined &&
      entry.answers === null &&
      !this.inCircle(viewer, entry.actor) &&
      !this.protectedUsers.has(entry.actor) &&
      !this.blocked(viewer, entry.actor) &&
      !this.isMuted(viewer, entry.actor) &&
      !this.saysMuted(viewer, id)
    );
  }

  private inCircle(viewer: string, user: string): boolean {
    return user === viewer || this.follows.has(`${viewer} ${user}`);
  }

  private saysMuted(viewer: string, tweetId: string): boolean {
    const said = this.said.get(tweetId);
    const quoted = this.said.get(said?.quoted ?? '');
    const isSeen =
      quoted &&
      quoted.author !== viewer &&
      !this.blocked(viewer, quoted.author) &&
      (!this.protectedUsers.has(quoted.author) || this.follows.has(`${viewer} ${quoted.author}`));
    const words = `${said?.text ?? ''} ${isSeen ? quoted.text : ''}`.toLowerCase().split(' ');
    return [...(this.keywords.get(viewer) ?? [])].some(
      ([phrase, until]) => (until === null || until > new Date()) && words.includes(phrase.toLowerCase()),
    );
  }

  private blocked(a: string, b: string): boolean {
    return this.blocks.has(`${a} ${b}`) || this.blocks.has(`${b} ${a}`);
  }

  private isMuted(viewer: string, user: string, onlyRetweets = false): boolean {
    const mute = this.mutes.get(`${viewer} ${user}`);
    return mute !== undefined && mute.onlyRetweets === onlyRetweets && (mute.until === null || mute.until > new Date());
  }
}

export interface ModelPage {
  readonly ids: bigint[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of a whole list (newest first), by Relay's specification; cursors are places in it. */
export function pageOf(
  list: readonly bigint[],
  { first, last }: PageArguments,
  after?: bigint,
  before?: bigint,
): ModelPage {
  const range = list.filter((id) => (after === undefined || id < after) && (before === undefined || id > before));
  const backward = last !== undefined || (first === undefined && before !== undefined && after === undefined);
  const ids = backward ? range.slice(-(last ?? 20)) : range.slice(0, first ?? 20);
  const newest = ids[0];
  const oldest = ids.at(-1);
  return {
    ids,
    hasPreviousPage:
      newest === undefined ? after !== undefined && list.some((id) => id >= after) : list.some((id) => id > newest),
    hasNextPage:
      oldest === undefined ? before !== undefined && list.some((id) => id <= before) : list.some((id) => id < oldest),
  };
}
