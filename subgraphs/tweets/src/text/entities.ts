/** A stretch of a text in Unicode code points, the end exclusive. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Hashtag extends Stretch {
  /** Without its sign, as written. */
  readonly tag: string;
}

export interface Cashtag extends Stretch {
  /** Without its sign, as written. */
  readonly symbol: string;
}

export interface Mention extends Stretch {
  /** Without its sign, as written. */
  readonly username: string;
  /** The account that had this name when the tweet was written; null when none had. */
  readonly userId: string | null;
}

export interface Link extends Stretch {
  /** Absolute: an address written without a scheme is taken as https. */
  readonly url: string;
}

/** What a text holds besides words, each kind in the order of the text; nothing overlaps. Stored as JSON in this form. */
export interface TweetEntities {
  readonly hashtags: Hashtag[];
  readonly cashtags: Cashtag[];
  readonly mentions: Mention[];
  readonly urls: Link[];
}

export const NO_ENTITIES: TweetEntities = { hashtags: [], cashtags: [], mentions: [], urls: [] };

/** The distinct names that a text mentions, in lower case. */
export function mentionedUsernames({ mentions }: TweetEntities): string[] {
  return [...new Set(mentions.map(({ username }) => username.toLowerCase()))];
}

/** The distinct accounts that a text mentions. */
export function mentionedUserIds({ mentions }: TweetEntities): string[] {
  return [...new Set(mentions.flatMap(({ userId }) => userId ?? []))];
}

/** The entities with each mention's account, from a map of names in lower case. */
export function withMentionedAccounts(
  entities: TweetEntities,
  userIdByUsername: ReadonlyMap<string, string>,
): TweetEntities {
  const mentions = entities.mentions.map((mention) => ({
    ...mention,
    userId: userIdByUsername.get(mention.username.toLowerCase()) ?? null,
  }));
  return { ...entities, mentions };
}
