export const PROFILE_FILTERS = ['TWEETS', 'TWEETS_AND_REPLIES', 'MEDIA'] as const;

/** Which of an account's entries a list of its profile holds. */
export type ProfileFilter = (typeof PROFILE_FILTERS)[number];

interface Listed {
  /** SQL over an entry `e`. Each is the condition of an index, so that a page reads no more entries than it shows (hidden ones aside). */
  readonly condition: string;
  /** The pinned tweet stands first, whatever it is, and not again in its place. */
  readonly hasPin: boolean;
}

/** SQL: the tweet that an account, itself SQL, has pinned. */
export const pinOf = (account: string) => `(SELECT tweet_id FROM timeline.pins WHERE user_id = ${account})`;

/** SQL: an entry `e` stands in its own place in the list of its actor. */
export const isNotPinned = (account: string) => `e.id IS DISTINCT FROM ${pinOf(account)}`;

export const LISTED: Readonly<Record<ProfileFilter, Listed>> = {
  TWEETS: { condition: '(e.reply_to_tweet_id IS NULL OR e.reply_to_author_id = e.author_id)', hasPin: true },
  TWEETS_AND_REPLIES: { condition: 'true', hasPin: false },
  MEDIA: { condition: `e.has_media AND e.kind = 'tweet'`, hasPin: false },
};
