import type { Node } from './notifications.ts';

const WINDOW_MS = 300_000;

interface Done {
  /** When it was first done. */
  first: number;
  stands: boolean;
}

interface ModelTweet {
  readonly id: string;
  readonly author: string;
  readonly atMs: number;
  readonly text: string;
  readonly replyTo: ModelTweet | undefined;
  readonly quoting: ModelTweet | undefined;
  readonly mentioning: readonly string[];
  isDeleted: boolean;
}

interface Act extends Done {
  readonly kind: string;
  readonly actor: string;
  readonly tweet: ModelTweet | null;
  /** Acts of one group are one notification. */
  readonly group: string;
}

interface Mute {
  readonly onlyRetweets: boolean;
  readonly until: Date | null;
}

/** What of a notification follows from what people did; the id is the product's own business. */
export type Told = Omit<Node, 'id' | 'isRead'>;

const isOn = (until: Date | null): boolean => until === null || until > new Date();
const says = (text: string, phrase: string): boolean => text.toLowerCase().split(' ').includes(phrase.toLowerCase());

/** Notifications as the documentation has them, found out anew from everything that was ever done. */
export class Model {
  readonly tweets: ModelTweet[] = [];
  readonly likes = new Map<ModelTweet, Map<string, Done>>();
  readonly retweets = new Map<ModelTweet, Map<string, Done>>();
  readonly follows = new Map<string, Map<string, Done>>();
  readonly requests = new Map<string, Map<string, Done>>();
  readonly blocks = new Set<string>();
  readonly mutes = new Map<string, Mute>();
  readonly keywords = new Map<string, Map<string, Date | null>>();
  readonly protectedUsers = new Set<string>();
  readonly disabled = new Set<string>();

  /** What is done once more, later, stays where it was first done. */
  does<Subject>(table: Map<Subject, Map<string, Done>>, subject: Subject, actor: string, atMs: number): void {
    const ofSubject = table.get(subject) ?? new Map<string, Done>();
    table.set(subject, ofSubject);
    const known = ofSubject.get(actor);
    ofSubject.set(actor, { first: known?.first ?? atMs, stands: true });
  }

  undoes<Subject>(table: Map<Subject, Map<string, Done>>, subject: Subject, actor: string): void {
    const known = table.get(subject)?.get(actor);
    if (known) known.stands = false;
  }

  isFollowing(follower: string, followee: string): boolean {
    return this.follows.get(followee)?.get(follower)?.stands === true;
  }

  private isBlocked(one: string, other: string): boolean {
    return this.blocks.has(`${one} ${other}`) || this.blocks.has(`${other} ${one}`);
  }

  private isShutOut(viewer: string, account: string): boolean {
    return this.protectedUsers.has(account) && !this.isFollowing(viewer, account);
  }

  private saysMuted(viewer: string, tweet: ModelTweet): boolean {
    const phrases = [...(this.keywords.get(viewer) ?? [])].filter(([, until]) => isOn(until)).map(([phrase]) => phrase);
    const { quoting } = tweet;
    const seesQuoted =
      quoting &&
      !quoting.isDeleted &&
      quoting.author !== viewer &&
      !this.isBlocked(viewer, quoting.author) &&
      !this.isShutOut(viewer, quoting.author);
    return phrases.some((phrase) => says(tweet.text, phrase) || (seesQuoted && says(quoting.text, phrase)));
  }

  private mayHear(viewer: string, { kind, actor, tweet, stands }: Act): boolean {
    const mute = this.mutes.get(`${viewer} ${actor}`);
    const isFollow = kind === 'FOLLOW' || kind === 'FOLLOW_REQUEST';
    const isSaid = kind === 'REPLY' || kind === 'QUOTE' || kind === 'MENTION';
    return (
      stands &&
      actor !== viewer &&
      !tweet?.isDeleted &&
      !this.isBlocked(viewer, actor) &&
      (isFollow || !this.isShutOut(viewer, actor)) &&
      !(mute && isOn(mute.until) && (!mute.onlyRetweets || kind === 'RETWEET')) &&
      !(isSaid && tweet && this.saysMuted(viewer, tweet))
    );
  }

  private *acts(viewer: string): Generator<Act> {
    const grouped = (kind: string, subject: string, { first }: Done) =>
      [kind, subject, Math.floor(first / WINDOW_MS)].join();
    for (const [kind, table] of [
      ['LIKE', this.likes],
      ['RETWEET', this.retweets],
    ] as const) {
      for (const [tweet, done] of table) {
        if (tweet.author !== viewer) continue;
        for (const [actor, act] of done) yield { kind, actor, tweet, ...act, group: grouped(kind, tweet.id, act) };
      }
    }
    for (const [kind, table] of [
      ['FOLLOW', this.follows],
      ['FOLLOW_REQUEST', this.requests],
    ] as const) {
      for (const [actor, act] of table.get(viewer) ?? []) {
        yield { kind, actor, tweet: null, ...act, group: grouped(kind, '', act) };
      }
    }
    for (const tweet of this.tweets) {
      const kind =
        tweet.replyTo?.author === viewer
          ? 'REPLY'
          : tweet.quoting?.author === viewer
            ? 'QUOTE'
            : tweet.mentioning.includes(viewer)
              ? 'MENTION'
              : undefined;
      const { author: actor, atMs: first, id: group } = tweet;
      if (kind) yield { kind, actor, tweet, first, stands: true, group };
    }
  }

  private *milestones(viewer: string): Generator<Told> {
    for (const [tweet, likes] of this.likes) {
      if (tweet.author !== viewer || tweet.isDeleted) continue;
      const ever = [...likes.values()].map(({ first }) => first).sort((a, b) => a - b);
      const standing = [...likes.values()].filter(({ stands }) => stands).length;
      if (standing < 10) continue;
      const createdAt = new Date(ever[9] as number).toISOString();
      const tweetId = { id: tweet.id };
      const told = { kind: 'MILESTONE', createdAt, updatedAt: createdAt, actorCount: 10, milestone: 10 };
      yield { ...told, sampleActors: [], tweet: tweetId };
    }
  }

  /** In no particular order. */
  private *found(viewer: string): Generator<Told> {
    yield* this.milestones(viewer);
    const groups = new Map<string, Act[]>();
    for (const act of this.acts(viewer)) groups.set(act.group, [...(groups.get(act.group) ?? []), act]);
    for (const group of groups.values()) {
      const ever = group.filter(({ actor }) => actor !== viewer);
      const heard = ever.filter((act) => this.mayHear(viewer, act)).sort((a, b) => b.first - a.first);
      const [last] = heard;
      if (!last) continue;
      yield {
        kind: last.kind,
        createdAt: new Date(Math.min(...ever.map(({ first }) => first))).toISOString(),
        updatedAt: new Date(last.first).toISOString(),
        actorCount: heard.length,
        milestone: null,
        sampleActors: heard.slice(0, 3).map(({ actor: id }) => ({ id })),
        tweet: last.tweet && { id: last.tweet.id },
      };
    }
  }

  /** Newest first. */
  notifications(viewer: string): Told[] {
    const wanted = [...this.found(viewer)].filter(({ kind }) => !this.disabled.has(`${viewer} ${kind}`));
    return inOrder(wanted);
  }
}

/** Of two that began in the same millisecond, a milestone and what led to it, the product may put either first. */
export function inOrder<Row extends Told>(rows: readonly Row[]): Row[] {
  const key = ({ createdAt, kind, tweet }: Told) => `${createdAt} ${kind} ${tweet?.id}`;
  return [...rows].sort((one, other) => (key(one) < key(other) ? 1 : -1));
}
