import { type ActKind, Acts } from './acts.ts';

interface Mute {
  readonly onlyRetweets: boolean;
  /** Place in the order of things of when it began, however it has been changed since. */
  readonly order: number;
}

export const pair = (a: string, b: string) => `${a}>${b}`;

/** How accounts stand to each other: who follows, asks, blocks and mutes whom, and who is protected. */
export class Relations {
  protected clock = 0;
  readonly acts = new Acts();
  protected readonly follows = new Map<string, number>();
  protected readonly requests = new Map<string, number>();
  protected readonly protectedAccounts = new Set<string>();
  protected readonly blocks = new Map<string, number>();
  protected readonly mutes = new Map<string, Mute>();
  /** In the order in which they were muted. */
  protected readonly words = new Map<string, Set<string>>();
  protected readonly dismissals = new Set<string>();

  // What people do. Each answers whether it is allowed; when not, nothing changes.

  follow(viewer: string, user: string): boolean {
    if (viewer === user || this.blocked(viewer, user)) return false;
    const key = pair(viewer, user);
    if (this.follows.has(key) || this.requests.has(key)) return true;
    const isRequest = this.protectedAccounts.has(user);
    const kind = isRequest ? 'FOLLOW_REQUEST' : 'FOLLOW';
    this.acts.did({ kind, recipient: user, tweet: null, actor: viewer }, this.clock);
    (isRequest ? this.requests : this.follows).set(key, this.clock++);
    return true;
  }

  approve(viewer: string, user: string): boolean {
    const key = pair(user, viewer);
    if (this.requests.delete(key)) {
      this.acts.did({ kind: 'FOLLOW', recipient: viewer, tweet: null, actor: user }, this.clock);
      this.follows.set(key, this.clock++);
    }
    return this.follows.has(key);
  }

  decline(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    this.requests.delete(pair(user, viewer));
    return true;
  }

  protect(viewer: string): void {
    this.protectedAccounts.add(viewer);
  }

  /** Protected no longer: who has asked to follow does. */
  open(viewer: string): void {
    this.protectedAccounts.delete(viewer);
    const asked = [...this.requests].filter(([key]) => key.endsWith(`>${viewer}`)).sort(([, a], [, b]) => a - b);
    const allAtOnce = this.clock++;
    for (const [key] of asked) {
      this.requests.delete(key);
      const actor = key.split('>')[0] ?? '';
      this.acts.did({ kind: 'FOLLOW', recipient: viewer, tweet: null, actor }, allAtOnce);
      this.follows.set(key, this.clock++);
    }
  }

  unfollow(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    this.follows.delete(pair(viewer, user));
    this.requests.delete(pair(viewer, user));
    return true;
  }

  removeFollower(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    this.follows.delete(pair(user, viewer));
    return true;
  }

  block(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    for (const key of [pair(viewer, user), pair(user, viewer)]) {
      this.follows.delete(key);
      this.requests.delete(key);
    }
    if (!this.blocks.has(pair(viewer, user))) this.blocks.set(pair(viewer, user), this.clock++);
    return true;
  }

  unblock(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    this.blocks.delete(pair(viewer, user));
    return true;
  }

  mute(viewer: string, user: string, onlyRetweets: boolean): boolean {
    if (viewer === user) return false;
    const key = pair(viewer, user);
    this.mutes.set(key, { onlyRetweets, order: this.mutes.get(key)?.order ?? this.clock++ });
    return true;
  }

  unmute(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    this.mutes.delete(pair(viewer, user));
    return true;
  }

  /** Not to be suggested any more. */
  dismiss(viewer: string, user: string): boolean {
    if (viewer === user) return false;
    this.dismissals.add(pair(viewer, user));
    return true;
  }

  muteWord(viewer: string, phrase: string): void {
    this.words.set(viewer, (this.words.get(viewer) ?? new Set()).add(phrase));
  }

  unmuteWord(viewer: string, phrase: string): void {
    this.words.get(viewer)?.delete(phrase);
  }

  // What people see.

  mutesWord(viewer: string, phrase: string): boolean {
    return this.words.get(viewer)?.has(phrase) === true;
  }

  followers(viewer: string, user: string): string[] {
    if (this.isShutOut(viewer, user)) return [];
    return this.newestFirst(this.follows, (follower, followee) => followee === user && !this.blocked(viewer, follower));
  }

  following(viewer: string, user: string): string[] {
    if (this.isShutOut(viewer, user)) return [];
    return this.newestOf(this.follows, user).filter((followee) => !this.blocked(viewer, followee));
  }

  /** Those followers of the account whom the viewer follows. */
  followersYouKnow(viewer: string, user: string): string[] {
    return this.followers(viewer, user).filter((follower) => this.follows.has(pair(viewer, follower)));
  }

  blockedBy(viewer: string): string[] {
    return this.newestOf(this.blocks, viewer);
  }

  mutedBy(viewer: string): string[] {
    return this.newestOf(new Map([...this.mutes].map(([key, { order }]) => [key, order])), viewer);
  }

  mutedWords(viewer: string): string[] {
    return [...(this.words.get(viewer) ?? [])].reverse();
  }

  isProtected(user: string): boolean {
    return this.protectedAccounts.has(user);
  }

  /** How two accounts stand to each other, as the viewer is told. */
  relation(viewer: string, user: string) {
    const mute = this.mutes.get(pair(viewer, user));
    return {
      ...this.standing(viewer, user),
      isFollowedBy: this.follows.has(pair(user, viewer)),
      isBlocking: this.blocks.has(pair(viewer, user)),
      isBlockedBy: this.blocks.has(pair(user, viewer)),
      isMuting: mute !== undefined,
      isMutingRetweets: mute?.onlyRetweets === true,
    };
  }

  standing(viewer: string, user: string): { isFollowing: boolean; hasRequestedToFollow: boolean } {
    const key = pair(viewer, user);
    return { isFollowing: this.follows.has(key), hasRequestedToFollow: this.requests.has(key) };
  }

  /** Nothing keeps from the viewer that the account does something of this kind. */
  mayHear(viewer: string, user: string, kind: ActKind): boolean {
    const mute = this.mutes.get(pair(viewer, user));
    if (this.blocked(viewer, user) || (mute && (!mute.onlyRetweets || kind === 'RETWEET'))) return false;
    return kind === 'FOLLOW' || kind === 'FOLLOW_REQUEST' || !this.isShutOut(viewer, user);
  }

  /** Another text for each way in which accounts may stand to each other. */
  standings(): string {
    const { follows, protectedAccounts, blocks, mutes, words } = this;
    const saying = [...words].map(([viewer, phrases]) => [viewer, ...phrases]);
    return JSON.stringify([[...follows.keys()], [...protectedAccounts], [...blocks.keys()], [...mutes], saying]);
  }

  /** How many things have been done so far: the place of the next one in the order of things. */
  get now(): number {
    return this.clock;
  }

  /** Who asks to follow the account, newest first. */
  askers(user: string): string[] {
    return this.newestFirst(this.requests, (_asker, asked) => asked === user);
  }

  /** The account is protected, and not from itself nor from who follows it. */
  protected isShutOut(viewer: string, user: string): boolean {
    return viewer !== user && this.protectedAccounts.has(user) && !this.follows.has(pair(viewer, user));
  }

  /** Whether the viewer is shown that somebody likes or has retweeted something. */
  protected meets(viewer: string, user: string): boolean {
    return !this.blocked(viewer, user) && !this.isShutOut(viewer, user);
  }

  protected blocked(a: string, b: string): boolean {
    return this.blocks.has(pair(a, b)) || this.blocks.has(pair(b, a));
  }

  /** To whom the account stands in this relation, newest first. */
  protected newestOf(relation: ReadonlyMap<string, number>, from: string): string[] {
    return [...relation]
      .filter(([key]) => key.startsWith(`${from}>`))
      .sort(([, a], [, b]) => b - a)
      .map(([key]) => key.slice(from.length + 1));
  }

  protected newestFirst(relation: Map<string, number>, keep: (from: string, to: string) => boolean): string[] {
    return [...relation]
      .map(([key, order]) => ({ from: key.split('>')[0] ?? '', to: key.split('>')[1] ?? '', order }))
      .filter(({ from, to }) => keep(from, to))
      .sort((a, b) => b.order - a.order)
      .map(({ from }) => from);
  }
}
