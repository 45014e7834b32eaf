/** How a viewer stands to an author, as far as it hides anything. */
export interface Relation {
  readonly isBlocking: boolean;
  readonly isBlockedBy: boolean;
  /** Altogether and at this moment; muting someone's retweets alone hides nothing of what stands here. */
  readonly isMuting: boolean;
  /** The author is protected, and the viewer, signed in or not, is neither the author nor a follower. */
  readonly isShutOut: boolean;
}

/** Of the viewer to the viewer, and of strangers. */
export const NO_RELATION: Relation = { isBlocking: false, isBlockedBy: false, isMuting: false, isShutOut: false };

/** What hides authors' tweets, and from where; the first that stands in the way counts. A deleted tweet is hidden everywhere. */
const OBSTACLES = [
  {
    name: 'BLOCKED',
    stands: ({ isBlocking, isBlockedBy }: Relation) => isBlocking || isBlockedBy,
    hides: {
      /** Asked for by its id. */
      lookUp: true,
      /** Answered, quoted, or on the way from a conversation's root: a tombstone stands there. */
      keptPlace: true,
      /** One of the answers in a conversation. */
      answers: true,
      /** One of any other list of tweets. */
      list: true,
      /** Somebody in a list of people. */
      people: true,
    },
  },
  {
    name: 'AUTHOR_PROTECTED',
    stands: ({ isShutOut }: Relation) => isShutOut,
    // What a protected account likes and retweets is for its followers as well.
    hides: { lookUp: true, keptPlace: true, answers: true, list: true, people: true },
  },
  {
    name: 'MUTED',
    stands: ({ isMuting }: Relation) => isMuting,
    hides: { lookUp: false, keptPlace: false, answers: true, list: false, people: false },
  },
] as const;

/** Where something would be shown. */
export type Place = keyof (typeof OBSTACLES)[number]['hides'];

type Hiding<ThePlace extends Place, One = (typeof OBSTACLES)[number]> = One extends {
  readonly name: infer Name;
  readonly hides: Readonly<Record<ThePlace, true>>;
}
  ? Name
  : never;

/** What hides an author's tweet, or the person, from this place; undefined when it is shown. */
export function obstacle<ThePlace extends Place>(place: ThePlace, relation: Relation): Hiding<ThePlace> | undefined {
  const found = OBSTACLES.find(({ stands, hides }) => hides[place] && stands(relation));
  return found?.name as Hiding<ThePlace> | undefined;
}

/** Who sees a tweet may answer it. */
export const mayAnswer = (relation: Relation): boolean => obstacle('lookUp', relation) === undefined;
