/**
 * Who sees what: every rule and every surface, once. The rooms that show something find out the facts, each in its own
 * way, a row at a time or in SQL; what follows from them stands here alone.
 */

/** What there is between a viewer and something shown, at this moment. Of what is one's own nothing of it is true. */
export interface Facts {
  /** The tweet is deleted. */
  readonly isDeleted: boolean;
  /** The viewer and the author (or the person shown) block each other, in either direction. */
  readonly isBlocked: boolean;
  /** The author is protected, and the viewer, signed in or not, does not follow. */
  readonly isShutOut: boolean;
  /** The viewer mutes the author altogether. */
  readonly isMuted: boolean;
  /** The viewer mutes what the one who retweeted it retweets. */
  readonly areRetweetsMuted: boolean;
  /** The tweet, or the one that it quotes and the viewer may see, says what the viewer has muted. */
  readonly saysMuted: boolean;
}

export const NOTHING_HIDES: Facts = {
  isDeleted: false,
  isBlocked: false,
  isShutOut: false,
  isMuted: false,
  areRetweetsMuted: false,
  saysMuted: false,
};

/** Where something is shown; and whether it hides there. */
const EVERYWHERE = {
  /** A tweet asked for by its id, whatever way leads there; an account's pinned tweet too. */
  lookUp: true,
  /** A tweet answered, quoted, or on the way from a conversation's root: a tombstone stands there. */
  keptPlace: true,
  /** One of the answers in a conversation. */
  answers: true,
  /** A tweet among those that are popular with everybody, in their own list or mixed into a home. */
  popular: true,
  /** A tweet in a home timeline, or in the stream of one. */
  home: true,
  /** A tweet in the timeline of an account that somebody looks at. */
  profile: true,
  /** A tweet in any other list: quotes, likes, bookmarks. */
  list: true,
  /** Somebody among those who like or have retweeted a tweet. */
  engaged: true,
  /** Somebody among the followers of an account, or among those it follows. */
  circle: true,
  /** What somebody did to a tweet, or said in one, of which an account is notified. */
  notification: true,
  /** That somebody follows, or asks to, of which an account is notified. */
  notifiedFollow: true,
  /** What an account wrote and likes, as a whole. */
  ownTweets: true,
  /** Whom an account follows and who follows it, as a whole. */
  ownCircle: true,
} as const;

export type Surface = keyof typeof EVERYWHERE;

/** In this order: the first that stands in the way is what a tombstone tells. */
const RULES = [
  { name: 'DELETED', fact: 'isDeleted', hides: EVERYWHERE },
  // That somebody is there is no secret between two who block each other, nor whom they follow.
  { name: 'BLOCKED', fact: 'isBlocked', hides: { ...EVERYWHERE, ownCircle: false } },
  // What a protected account likes and retweets is for its followers as well. Who follows it is told by whom it follows.
  { name: 'AUTHOR_PROTECTED', fact: 'isShutOut', hides: { ...EVERYWHERE, circle: false, notifiedFollow: false } },
  // Mutes keep away what comes by itself. What somebody goes to look at is there.
  {
    name: 'MUTED',
    fact: 'isMuted',
    hides: { answers: true, popular: true, home: true, notification: true, notifiedFollow: true },
  },
  { name: 'RETWEETS_MUTED', fact: 'areRetweetsMuted', hides: { home: true, notification: true } },
  { name: 'WORD_MUTED', fact: 'saysMuted', hides: { answers: true, popular: true, home: true, notification: true } },
] as const satisfies readonly {
  readonly name: string;
  readonly fact: keyof Facts;
  readonly hides: Partial<Readonly<Record<Surface, boolean>>>;
}[];

type AnyRule = (typeof RULES)[number];

/** The name of a rule. */
export type Rule = AnyRule['name'];

type Hiding<TheSurface extends Surface, One = AnyRule> = One extends {
  readonly name: infer Name;
  readonly hides: Readonly<Record<TheSurface, true>>;
}
  ? Name
  : never;

/** The facts that hide something from this surface, in the order of the rules: what SQL has to find out. */
export function hiding(surface: Surface): (keyof Facts)[] {
  return RULES.filter(({ hides }) => surface in hides && hides[surface as keyof typeof hides]).map(({ fact }) => fact);
}

/** What hides it from this surface; undefined when it is shown. */
export function obstacle<TheSurface extends Surface>(
  surface: TheSurface,
  facts: Facts,
): Hiding<TheSurface> | undefined {
  const found = RULES.find(
    ({ fact, hides }) => facts[fact] && surface in hides && hides[surface as keyof typeof hides],
  );
  return found?.name as Hiding<TheSurface> | undefined;
}
