import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ConversationMapper, HeldTweetMapper, MentionEntityMapper, TweetMapper, TweetAddedMapper, TweetCountsChangedMapper, TweetViewerMapper, UserMapper } from './../../schema.mappers.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point in time as RFC 3339 text in UTC with milliseconds, such as `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** An absolute `http` or `https` address of at most 2,048 characters. */
  URL: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What to bookmark. */
export type BookmarkTweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of bookmarking. */
export type BookmarkTweetPayload = {
  __typename?: 'BookmarkTweetPayload';
  /** The tweet as it is now; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** A ticker symbol in a text. Indices count Unicode code points, the sign included. */
export type CashtagEntity = {
  __typename?: 'CashtagEntity';
  /** Where it ends, exclusive. */
  end: Scalars['Int']['output'];
  /** Where it begins. */
  start: Scalars['Int']['output'];
  /** The symbol as written, without its sign. */
  symbol: Scalars['String']['output'];
};

/** A tweet among what it answers and what answers it. */
export type Conversation = {
  __typename?: 'Conversation';
  /** What leads from the root to the focus, the root first: the 100 nearest to the focus. Hidden ones keep their place. */
  ancestors: Array<TweetOrTombstone>;
  /** The tweet that was asked for. */
  focus?: Maybe<Tweet>;
  /**
   * What answers the focus directly, as in `Tweet.replies`: the page that the arguments ask for, or without any the one that
   * `first` and `after` of `conversation` ask for.
   */
  replies: TweetConnection;
  /** The tweet that began the conversation, or what stands in its place; the focus itself when it answers nothing. */
  root?: Maybe<TweetOrTombstone>;
};


/** A tweet among what it answers and what answers it. */
export type ConversationrepliesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Something that happened in a conversation. */
export type ConversationUpdate = StreamGap | TweetAdded | TweetRemoved;

/** What to delete. */
export type DeleteTweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of deleting. */
export type DeleteTweetPayload = {
  __typename?: 'DeleteTweetPayload';
  /** The Snowflake of the tweet that is no more; null when there are user errors. */
  deletedTweetId?: Maybe<Scalars['ID']['output']>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to discard. */
export type DiscardHeldTweetInput = {
  /** The held tweet's Snowflake. */
  heldTweetId: Scalars['ID']['input'];
};

/** What came of discarding. */
export type DiscardHeldTweetPayload = {
  __typename?: 'DiscardHeldTweetPayload';
  /** The Snowflake of what was held; null when there are user errors. */
  heldTweetId?: Maybe<Scalars['ID']['output']>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** A hashtag in a text. Indices count Unicode code points, the sign included. */
export type HashtagEntity = {
  __typename?: 'HashtagEntity';
  /** Where it ends, exclusive. */
  end: Scalars['Int']['output'];
  /** Where it begins. */
  start: Scalars['Int']['output'];
  /** The tag as written, without its sign. */
  tag: Scalars['String']['output'];
};

/** A tweet that somebody wants to post and a moderator has to look at first. It is shown to nobody else. */
export type HeldTweet = {
  __typename?: 'HeldTweet';
  /** Who wants to post it. */
  author: User;
  /** Since when it waits. */
  heldAt: Scalars['DateTime']['output'];
  /** The Snowflake that it waits under, of the time at which it was held; the tweet that it may become has another. */
  id: Scalars['ID']['output'];
  /** What it quotes, or what stands in its place; null when it quotes nothing, or what it quotes never was. */
  quoted?: Maybe<TweetOrTombstone>;
  /** What it answers, or what stands in its place; null when it answers nothing, or what it answers never was. */
  replyTo?: Maybe<TweetOrTombstone>;
  /** The name of the rule that held it, such as `same-text-to-many`. */
  rule: Scalars['String']['output'];
  /** The text as it was written. */
  text: Scalars['String']['output'];
};

/** A page of what waits for a moderator. */
export type HeldTweetConnection = {
  __typename?: 'HeldTweetConnection';
  /** The page's held tweets with their cursors, the one that waits longest first. */
  edges: Array<HeldTweetEdge>;
  /** The page's held tweets alone. */
  nodes: Array<HeldTweet>;
  /** Where the page lies in its list. */
  pageInfo: PageInfo;
};

/** A held tweet's place in the list. */
export type HeldTweetEdge = {
  __typename?: 'HeldTweetEdge';
  /** Names this place to `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** The held tweet. */
  node: HeldTweet;
};

/** What to like. */
export type LikeTweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of liking. */
export type LikeTweetPayload = {
  __typename?: 'LikeTweetPayload';
  /** The tweet as it is now; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** The name of an account in a text. Indices count Unicode code points, the sign included. */
export type MentionEntity = {
  __typename?: 'MentionEntity';
  /** Where it ends, exclusive. */
  end: Scalars['Int']['output'];
  /** Where it begins. */
  start: Scalars['Int']['output'];
  /** The account that had this name when the tweet was posted; null when there was none. */
  user?: Maybe<User>;
  /** The name as written, without its sign. */
  username: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Bookmarks a tweet, for nobody else to see; having done so already is success. User errors: `NOT_FOUND`, `BLOCKED`. */
  bookmarkTweet: BookmarkTweetPayload;
  /**
   * Deletes a tweet of one's own, or any as a moderator: it is gone everywhere, with its retweets, and a tombstone stands where
   * its place must be kept. User errors: `NOT_FOUND` (also when it is deleted already), `FORBIDDEN`, `BLOCKED`.
   */
  deleteTweet: DeleteTweetPayload;
  /**
   * Ends the waiting of a held tweet, which is never posted, and forgets its text; having discarded it already is success. For
   * moderators and administrators (`FORBIDDEN`). User errors: `NOT_FOUND`; `DUPLICATE` when it has been released.
   */
  discardHeldTweet: DiscardHeldTweetPayload;
  /** Likes a tweet; liking it already is success. User errors: `NOT_FOUND`, `BLOCKED`. */
  likeTweet: LikeTweetPayload;
  /**
   * Shows one of the viewer's own tweets first on their profile, in place of what was pinned before; having pinned it already
   * is success. User errors: `NOT_FOUND`, `BLOCKED`, `FORBIDDEN` when it is another's.
   */
  pinTweet: PinTweetPayload;
  /**
   * Posts a tweet, an answer or a quote. User errors: `BLANK`, `TOO_LONG` and `INVALID` of the text or the key; `NOT_FOUND` and
   * `BLOCKED` of what is answered or quoted; `DUPLICATE` when the key was used for another tweet within 24 hours;
   * `LIMIT_REACHED` when it is too much of something, with the time from which it may be tried again in its message;
   * `HELD_FOR_REVIEW` when a moderator looks at it before it is posted: it is kept, and not to be sent again.
   */
  postTweet: PostTweetPayload;
  /**
   * Tells that tweets were on the viewer's screen, for their `viewCount`: of each account once a day (UTC), however often it is
   * told. Those of the viewer's own and those that the viewer may not see are passed over. Nothing is kept of who looked at
   * what. User errors: `LIMIT_REACHED` beyond 100 tweets at once, and beyond 1,000 within a minute, then with the time from which
   * it may be tried again in its message, and nothing of the request counted.
   */
  recordTweetViews: RecordTweetViewsPayload;
  /**
   * Posts a held tweet as its author, now; having released it already is success. For moderators and administrators
   * (`FORBIDDEN`). User errors: `NOT_FOUND` when there is no such held tweet, and, as `BLOCKED`, of what it answers or quotes:
   * then it goes on waiting; `DUPLICATE` when it has been discarded.
   */
  releaseHeldTweet: ReleaseHeldTweetPayload;
  /** Removes a bookmark; having none is success. User errors: `NOT_FOUND`, `BLOCKED`. */
  removeBookmark: RemoveBookmarkPayload;
  /**
   * Retweets a tweet; having done so already is success. User errors: `NOT_FOUND`, `BLOCKED`, `PROTECTED` when another wrote it
   * whose account is protected.
   */
  retweet: RetweetPayload;
  /** Takes the viewer's retweet back; having none is success. User errors: `NOT_FOUND`, `BLOCKED`. */
  undoRetweet: UndoRetweetPayload;
  /** Likes a tweet no longer; not liking it is success. User errors: `NOT_FOUND`, `BLOCKED`. */
  unlikeTweet: UnlikeTweetPayload;
  /** Pins a tweet no longer; not having pinned it is success. User errors: `NOT_FOUND`, `BLOCKED`, `FORBIDDEN`. */
  unpinTweet: UnpinTweetPayload;
};


export type MutationbookmarkTweetArgs = {
  input: BookmarkTweetInput;
};


export type MutationdeleteTweetArgs = {
  input: DeleteTweetInput;
};


export type MutationdiscardHeldTweetArgs = {
  input: DiscardHeldTweetInput;
};


export type MutationlikeTweetArgs = {
  input: LikeTweetInput;
};


export type MutationpinTweetArgs = {
  input: PinTweetInput;
};


export type MutationpostTweetArgs = {
  input: PostTweetInput;
};


export type MutationrecordTweetViewsArgs = {
  input: RecordTweetViewsInput;
};


export type MutationreleaseHeldTweetArgs = {
  input: ReleaseHeldTweetInput;
};


export type MutationremoveBookmarkArgs = {
  input: RemoveBookmarkInput;
};


export type MutationretweetArgs = {
  input: RetweetInput;
};


export type MutationundoRetweetArgs = {
  input: UndoRetweetInput;
};


export type MutationunlikeTweetArgs = {
  input: UnlikeTweetInput;
};


export type MutationunpinTweetArgs = {
  input: UnpinTweetInput;
};

/** Anything with an identity of its own. `node(id:)` finds it again. */
export type Node = {
  /** A decimal Snowflake, unique over all types; it carries the kind of thing and the time of its creation. */
  id: Scalars['ID']['output'];
};

/** Where a page lies in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The last edge's cursor; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** True when the list goes on after `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True when the list has something before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The first edge's cursor; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** What to pin. */
export type PinTweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of pinning. */
export type PinTweetPayload = {
  __typename?: 'PinTweetPayload';
  /** The viewer's account; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** How long ago a popular tweet was posted at most. */
export type PopularWindow =
  /** 24 hours. */
  | 'DAY'
  /** 60 minutes. */
  | 'HOUR'
  /** 7 days. */
  | 'WEEK';

/** What to post. */
export type PostTweetInput = {
  /**
   * 1-64 characters that the client makes up for this tweet: sent again within 24 hours with the same input, the answer is the
   * tweet that was posted, and nothing is posted again.
   */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The Snowflake of the tweet that it quotes. */
  quotedTweetId?: InputMaybe<Scalars['ID']['input']>;
  /** The Snowflake of the tweet that it answers. */
  replyToTweetId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * The text, 1-280 weighted characters by twitter-text's rules unless configured otherwise, and 4,500 UTF-16 units at most;
   * no control characters but the line feed. It is kept as written.
   */
  text: Scalars['String']['input'];
};

/** What came of posting. */
export type PostTweetPayload = {
  __typename?: 'PostTweetPayload';
  /** The tweet; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

export type Query = {
  __typename?: 'Query';
  /**
   * What the viewer has bookmarked, bookmarked last first; nobody else sees it. What the viewer does not see any more is left
   * out, and the page filled up again from at most 21,000 further entries. Needs an account (`UNAUTHENTICATED`).
   */
  bookmarks?: Maybe<TweetConnection>;
  /** A tweet among what it answers and what answers it; null when there is no such tweet that the viewer may see. */
  conversation?: Maybe<Conversation>;
  /**
   * Tweets that the abuse check holds for a moderator, the one that waits longest first; what is decided is not among them. For
   * moderators and administrators (`FORBIDDEN`, or `UNAUTHENTICATED` when signed out).
   */
  heldTweets?: Maybe<HeldTweetConnection>;
  /**
   * What was posted within a window and is liked, best first: a tweet counts for twice as much when its likes double or when it
   * is a quarter of the window younger, and a little more when its author has more followers. At most 500 tweets; what the viewer
   * does not see, mutes or has muted the words of is left out. One's own are among them. Needs no account.
   */
  popularTweets?: Maybe<TweetConnection>;
  /** The tweet of this id; null when there is none that the viewer may see. A malformed id is `BAD_USER_INPUT`. */
  tweet?: Maybe<Tweet>;
};


export type QuerybookmarksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryconversationArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  tweetId: Scalars['ID']['input'];
};


export type QueryheldTweetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerypopularTweetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  window?: InputMaybe<PopularWindow>;
};


export type QuerytweetArgs = {
  id: Scalars['ID']['input'];
};

/** What was looked at. */
export type RecordTweetViewsInput = {
  /** The tweets' Snowflakes, 100 at most; one that comes twice counts once. */
  tweetIds: Array<Scalars['ID']['input']>;
};

/** What came of telling. */
export type RecordTweetViewsPayload = {
  __typename?: 'RecordTweetViewsPayload';
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to release. */
export type ReleaseHeldTweetInput = {
  /** The held tweet's Snowflake. */
  heldTweetId: Scalars['ID']['input'];
};

/** What came of releasing. */
export type ReleaseHeldTweetPayload = {
  __typename?: 'ReleaseHeldTweetPayload';
  /** The Snowflake of what was held; null when there are user errors. */
  heldTweetId?: Maybe<Scalars['ID']['output']>;
  /** The tweet that it became; null when there are user errors, and when the viewer may not see it. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to bookmark no longer. */
export type RemoveBookmarkInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of removing a bookmark. */
export type RemoveBookmarkPayload = {
  __typename?: 'RemoveBookmarkPayload';
  /** The tweet as it is now; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to retweet. */
export type RetweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of retweeting. */
export type RetweetPayload = {
  __typename?: 'RetweetPayload';
  /** The tweet as it is now; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Updates may be missing here: read again what the stream is about. */
export type StreamGap = {
  __typename?: 'StreamGap';
  /** The gap's place in the stream. */
  cursor: Scalars['String']['output'];
  /** Why updates may be missing. */
  reason: StreamGapReason;
};

/** Why updates may be missing from a stream. */
export type StreamGapReason =
  /** A part of the service was restarted, and what happened meanwhile is not known. */
  | 'BROKER_RESTARTED'
  /** What happened since the cursor is not kept any more. */
  | 'CURSOR_EXPIRED'
  /** The client read too slowly, and updates were dropped. */
  | 'SLOW_CLIENT';

/** What can be watched. */
export type Subscription = {
  __typename?: 'Subscription';
  /**
   * What comes into the conversation that a tweet is part of, and what leaves it, from now on or beyond the cursor given: in
   * order, each update once. Just `TweetRemoved` of the tweet itself when there is none that the viewer may see. What the
   * viewer does not see, and the people and words that the viewer mutes, is left out; visibility is decided anew at the moment
   * of delivery. Up to 1,000 updates wait for a client that reads slowly; then those that wait are dropped, and one
   * `StreamGap` of reason `SLOW_CLIENT` stands in their place. Needs no account.
   */
  conversationUpdates: ConversationUpdate;
  /**
   * The counts of a tweet whenever they change (likes, retweets, answers, quotes, bookmarks), from now on or beyond the cursor
   * given, and whether it is there at all: `TweetRemoved` when it is deleted, or there is none that the viewer may see. An
   * update tells how the tweet stands; whatever happens within a quarter of a second is put together, and what a slow client has
   * not read is replaced by what is newer, so that the last value always arrives. Visibility is decided anew at the moment of
   * delivery. Needs no account.
   */
  tweetUpdates: TweetUpdate;
};


/** What can be watched. */
export type SubscriptionconversationUpdatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  gapReason?: InputMaybe<StreamGapReason>;
  tweetId: Scalars['ID']['input'];
};


/** What can be watched. */
export type SubscriptiontweetUpdatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  gapReason?: InputMaybe<StreamGapReason>;
  tweetId: Scalars['ID']['input'];
};

/** Why a tweet is not shown. */
export type TombstoneReason =
  /** Its author's account is no more. */
  | 'AUTHOR_GONE'
  /** Its author's account is protected, and the viewer does not follow it. */
  | 'AUTHOR_PROTECTED'
  /** A block stands between the viewer and its author. */
  | 'BLOCKED'
  /** It has been deleted. */
  | 'DELETED'
  /** A moderator withholds it. */
  | 'WITHHELD';

/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type Tweet = Node & {
  __typename?: 'Tweet';
  /** Who wrote it; null when the account cannot be had at the moment. */
  author?: Maybe<User>;
  /** How many accounts have bookmarked it, whoever asks. */
  bookmarkCount?: Maybe<Scalars['Int']['output']>;
  /** The Snowflake of the tweet that began the conversation; its own when it answers nothing. */
  conversationId: Scalars['ID']['output'];
  /** When it was posted, to the millisecond; the id carries it. */
  createdAt: Scalars['DateTime']['output'];
  /** What the text holds besides words, found as it was posted. */
  entities: TweetEntities;
  /** The tweet's Snowflake. */
  id: Scalars['ID']['output'];
  /** The text's language as a BCP 47 tag, such as `en`; null when it is not known. */
  language?: Maybe<Scalars['String']['output']>;
  /** How many accounts like it, whoever asks. */
  likeCount?: Maybe<Scalars['Int']['output']>;
  /**
   * Who likes it, who liked it last first. Accounts in a block with the viewer, either way, and protected ones that the viewer
   * does not follow, are left out and the page filled up again from at most 21,000 further entries.
   */
  likedBy?: Maybe<UserConnection>;
  /** The same Snowflake, for references whose tweet has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
  /** How many tweets quote it, whoever asks; deleted ones are not counted. */
  quoteCount?: Maybe<Scalars['Int']['output']>;
  /** What it quotes, or what stands in that place; null when it quotes nothing. */
  quoted?: Maybe<TweetOrTombstone>;
  /**
   * What quotes it, the newest first. What the viewer does not see is left out, and the page filled up again from at most
   * 21,000 further entries.
   */
  quotes?: Maybe<TweetConnection>;
  /**
   * What answers it directly: its author's own answers first, then by engagement (likes, retweets and answers together), then
   * the newest. What the viewer does not see, and the people and words that the viewer mutes, is left out, and the page filled
   * up again from at most 21,000 further entries. An answer whose engagement changes between two pages may come twice, or not
   * at all.
   */
  replies?: Maybe<TweetConnection>;
  /** How many tweets answer it directly, whoever asks; deleted ones are not counted. */
  replyCount?: Maybe<Scalars['Int']['output']>;
  /** What it answers, or what stands in that place; null when it answers nothing. */
  replyTo?: Maybe<TweetOrTombstone>;
  /** How many accounts have retweeted it, whoever asks; quotes are counted apart. */
  retweetCount?: Maybe<Scalars['Int']['output']>;
  /**
   * Who has retweeted it, who did last first. Accounts in a block with the viewer, either way, and protected ones that the
   * viewer does not follow, are left out and the page filled up again from at most 21,000 further entries.
   */
  retweetedBy?: Maybe<UserConnection>;
  /** What its author wrote, unchanged: 1-280 weighted characters, unless configured otherwise. */
  text: Scalars['String']['output'];
  /**
   * About how many accounts other than its author's have looked at it, each once a day (UTC), whoever asks: those whose apps
   * told (`recordTweetViews`), up to a second or two ago. Of each day, within 7% in 997 cases of 1,000.
   */
  viewCount?: Maybe<Scalars['Int']['output']>;
  /** What the viewer has done with it and may do; null when signed out. */
  viewer?: Maybe<TweetViewer>;
};


/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type TweetlikedByArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type TweetquotesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type TweetrepliesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type TweetretweetedByArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A tweet or retweet has come into a timeline, or an answer into a conversation. */
export type TweetAdded = {
  __typename?: 'TweetAdded';
  /** The update's place in the stream. */
  cursor: Scalars['String']['output'];
  /** Who retweeted it; null when it is the tweet itself. */
  retweetedBy?: Maybe<User>;
  /** The tweet. */
  tweet?: Maybe<Tweet>;
};

/** A page of a list of tweets. */
export type TweetConnection = {
  __typename?: 'TweetConnection';
  /** The page's tweets with their cursors, in the order of the list. */
  edges: Array<TweetEdge>;
  /** The page's tweets alone. */
  nodes: Array<Maybe<Tweet>>;
  /** Where the page lies in its list. */
  pageInfo: PageInfo;
};

/** The counts of a tweet are others than before. */
export type TweetCountsChanged = {
  __typename?: 'TweetCountsChanged';
  /** The update's place in the stream. */
  cursor: Scalars['String']['output'];
  /** The tweet, with the counts of this update; null when it has gone in the moment of its delivery. */
  tweet?: Maybe<Tweet>;
};

/** A tweet's place in a list. */
export type TweetEdge = {
  __typename?: 'TweetEdge';
  /** Names this place to `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** The tweet; null when it cannot be had at the moment. */
  node?: Maybe<Tweet>;
};

/** What a text holds besides words, each kind in the order of the text; no two overlap. */
export type TweetEntities = {
  __typename?: 'TweetEntities';
  /** Ticker symbols after a dollar sign. */
  cashtags: Array<CashtagEntity>;
  /** Words after a number sign. */
  hashtags: Array<HashtagEntity>;
  /** Names of accounts after an at sign. */
  mentions: Array<MentionEntity>;
  /** Addresses. */
  urls: Array<UrlEntity>;
};

/** A tweet, or what stands in its place. */
export type TweetOrTombstone = Tweet | TweetTombstone;

/** A tweet has gone: it was deleted, the last retweet that had brought it into a timeline was undone, or whoever watches may not see it. */
export type TweetRemoved = {
  __typename?: 'TweetRemoved';
  /** The update's place in the stream. */
  cursor: Scalars['String']['output'];
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['output'];
};

/** Stands in the place of a tweet that is not shown. */
export type TweetTombstone = {
  __typename?: 'TweetTombstone';
  /** Why it is not shown. */
  reason: TombstoneReason;
  /** The Snowflake of the tweet that is not shown. */
  tweetId: Scalars['ID']['output'];
};

/** Something that happened to a tweet. */
export type TweetUpdate = StreamGap | TweetCountsChanged | TweetRemoved;

/** What the viewer has done with a tweet, and may do with it. */
export type TweetViewer = {
  __typename?: 'TweetViewer';
  /** The viewer may delete it: as its author, or as a moderator. */
  canDelete: Scalars['Boolean']['output'];
  /** The viewer may answer it: neither a block nor its author's protection is in the way. */
  canReply: Scalars['Boolean']['output'];
  /** The viewer has bookmarked it. */
  hasBookmarked: Scalars['Boolean']['output'];
  /** The viewer likes it. */
  hasLiked: Scalars['Boolean']['output'];
  /** The viewer has retweeted it. */
  hasRetweeted: Scalars['Boolean']['output'];
  /** The viewer wrote it. */
  isAuthor: Scalars['Boolean']['output'];
};

/** What to retweet no longer. */
export type UndoRetweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of taking a retweet back. */
export type UndoRetweetPayload = {
  __typename?: 'UndoRetweetPayload';
  /** The tweet as it is now; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to like no longer. */
export type UnlikeTweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of liking no longer. */
export type UnlikeTweetPayload = {
  __typename?: 'UnlikeTweetPayload';
  /** The tweet as it is now; null when there are user errors. */
  tweet?: Maybe<Tweet>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to pin no longer. */
export type UnpinTweetInput = {
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['input'];
};

/** What came of pinning no longer. */
export type UnpinTweetPayload = {
  __typename?: 'UnpinTweetPayload';
  /** The viewer's account; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** An address in a text. Indices count Unicode code points of what was written. */
export type UrlEntity = {
  __typename?: 'UrlEntity';
  /** Where it ends, exclusive. */
  end: Scalars['Int']['output'];
  /** Where it begins. */
  start: Scalars['Int']['output'];
  /** The address; one that was written without a scheme is taken as `https`. */
  url: Scalars['URL']['output'];
};

/** An account as everybody sees it. */
export type User = {
  __typename?: 'User';
  /** A decimal Snowflake. It stays the same when the username changes. */
  id: Scalars['ID']['output'];
  /**
   * What it likes, liked last first. What the viewer does not see is left out, and the page filled up again from at most
   * 21,000 further entries; empty when a block stands between the viewer and the account, and when the account is protected,
   * for all but its followers and itself.
   */
  likes?: Maybe<TweetConnection>;
  /** The tweet that the account shows first on its profile; null when there is none that the viewer may see. */
  pinnedTweet?: Maybe<Tweet>;
  /** How many tweets it has written, answers and quotes included, retweets and deleted ones not; whoever asks. */
  tweetCount?: Maybe<Scalars['Int']['output']>;
};


/** An account as everybody sees it. */
export type UserlikesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of a list of accounts. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The page's accounts with their cursors, in the order of the list. */
  edges: Array<UserEdge>;
  /** The page's accounts alone. */
  nodes: Array<Maybe<User>>;
  /** Where the page lies in its list. */
  pageInfo: PageInfo;
};

/** An account's place in a list. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Names this place to `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** The account; null when it cannot be had at the moment. */
  node?: Maybe<User>;
};

/** Something that the person can mend. When a mutation answers one, nothing has changed. */
export type UserError = {
  __typename?: 'UserError';
  /** What kind of mistake it is, for programs. */
  code: UserErrorCode;
  /** The path to the argument at fault, such as `["input", "text"]`; null when no single argument is. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** One sentence for the person, in English. */
  message: Scalars['String']['output'];
};

/** The kinds of mistake that a person can mend. */
export type UserErrorCode =
  /** The value is empty or only white space. */
  | 'BLANK'
  /** A block between the two accounts is in the way. */
  | 'BLOCKED'
  /** The same thing was done before with other content. */
  | 'DUPLICATE'
  /** It was valid once and is no more. */
  | 'EXPIRED'
  /** The viewer may not do this. */
  | 'FORBIDDEN'
  /** A moderator looks at it first. */
  | 'HELD_FOR_REVIEW'
  /** The value is malformed, or has characters that are not allowed. */
  | 'INVALID'
  /** The name or the password is wrong. */
  | 'INVALID_CREDENTIALS'
  /** A limit is reached. */
  | 'LIMIT_REACHED'
  /** There is no such thing, or the viewer may not see it. */
  | 'NOT_FOUND'
  /** It is not ready yet. */
  | 'NOT_READY'
  /** The account is protected. */
  | 'PROTECTED'
  /** The name is kept for the service. */
  | 'RESERVED'
  /** It cannot be done to oneself. */
  | 'SELF'
  /** Somebody else has it already. */
  | 'TAKEN'
  /** The value is longer than allowed. */
  | 'TOO_LONG'
  /** The value is shorter than allowed. */
  | 'TOO_SHORT'
  /** The password is too easy to guess. */
  | 'WEAK_PASSWORD';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Tweet: Tweet;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Tweet:
    ( { __typename: 'Tweet' }
    & ( GraphQLRecursivePick<FederationTypes['Tweet'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Tweet'], {"nodeId":true}> ) );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ConversationUpdate:
    | ( Omit<StreamGap, 'reason'> & { reason: _RefType['StreamGapReason'] } & { __typename: 'StreamGap' } )
    | ( TweetAddedMapper & { __typename: 'TweetAdded' } )
    | ( TweetRemoved & { __typename: 'TweetRemoved' } )
  ;
  TweetOrTombstone:
    | ( TweetMapper & { __typename: 'Tweet' } )
    | ( Omit<TweetTombstone, 'reason'> & { reason: _RefType['TombstoneReason'] } & { __typename: 'TweetTombstone' } )
  ;
  TweetUpdate:
    | ( Omit<StreamGap, 'reason'> & { reason: _RefType['StreamGapReason'] } & { __typename: 'StreamGap' } )
    | ( TweetCountsChangedMapper & { __typename: 'TweetCountsChanged' } )
    | ( TweetRemoved & { __typename: 'TweetRemoved' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: ( TweetMapper & { __typename: 'Tweet' } );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BookmarkTweetInput: BookmarkTweetInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  BookmarkTweetPayload: ResolverTypeWrapper<Omit<BookmarkTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CashtagEntity: ResolverTypeWrapper<CashtagEntity>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Conversation: ResolverTypeWrapper<ConversationMapper>;
  ConversationUpdate: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ConversationUpdate']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteTweetInput: DeleteTweetInput;
  DeleteTweetPayload: ResolverTypeWrapper<Omit<DeleteTweetPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DiscardHeldTweetInput: DiscardHeldTweetInput;
  DiscardHeldTweetPayload: ResolverTypeWrapper<Omit<DiscardHeldTweetPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  HashtagEntity: ResolverTypeWrapper<HashtagEntity>;
  HeldTweet: ResolverTypeWrapper<HeldTweetMapper>;
  HeldTweetConnection: ResolverTypeWrapper<Omit<HeldTweetConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['HeldTweetEdge']>, nodes: Array<ResolversTypes['HeldTweet']> }>;
  HeldTweetEdge: ResolverTypeWrapper<Omit<HeldTweetEdge, 'node'> & { node: ResolversTypes['HeldTweet'] }>;
  LikeTweetInput: LikeTweetInput;
  LikeTweetPayload: ResolverTypeWrapper<Omit<LikeTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  MentionEntity: ResolverTypeWrapper<MentionEntityMapper>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PinTweetInput: PinTweetInput;
  PinTweetPayload: ResolverTypeWrapper<Omit<PinTweetPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PopularWindow: ResolverTypeWrapper<'HOUR' | 'DAY' | 'WEEK'>;
  PostTweetInput: PostTweetInput;
  PostTweetPayload: ResolverTypeWrapper<Omit<PostTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordTweetViewsInput: RecordTweetViewsInput;
  RecordTweetViewsPayload: ResolverTypeWrapper<Omit<RecordTweetViewsPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  ReleaseHeldTweetInput: ReleaseHeldTweetInput;
  ReleaseHeldTweetPayload: ResolverTypeWrapper<Omit<ReleaseHeldTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RemoveBookmarkInput: RemoveBookmarkInput;
  RemoveBookmarkPayload: ResolverTypeWrapper<Omit<RemoveBookmarkPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RetweetInput: RetweetInput;
  RetweetPayload: ResolverTypeWrapper<Omit<RetweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  StreamGap: ResolverTypeWrapper<Omit<StreamGap, 'reason'> & { reason: ResolversTypes['StreamGapReason'] }>;
  StreamGapReason: ResolverTypeWrapper<'CURSOR_EXPIRED' | 'SLOW_CLIENT' | 'BROKER_RESTARTED'>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TombstoneReason: ResolverTypeWrapper<'DELETED' | 'AUTHOR_GONE' | 'AUTHOR_PROTECTED' | 'BLOCKED' | 'WITHHELD'>;
  Tweet: ResolverTypeWrapper<TweetMapper>;
  TweetAdded: ResolverTypeWrapper<TweetAddedMapper>;
  TweetConnection: ResolverTypeWrapper<Omit<TweetConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['TweetEdge']>, nodes: Array<Maybe<ResolversTypes['Tweet']>> }>;
  TweetCountsChanged: ResolverTypeWrapper<TweetCountsChangedMapper>;
  TweetEdge: ResolverTypeWrapper<Omit<TweetEdge, 'node'> & { node?: Maybe<ResolversTypes['Tweet']> }>;
  TweetEntities: ResolverTypeWrapper<Omit<TweetEntities, 'mentions'> & { mentions: Array<ResolversTypes['MentionEntity']> }>;
  TweetOrTombstone: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['TweetOrTombstone']>;
  TweetRemoved: ResolverTypeWrapper<TweetRemoved>;
  TweetTombstone: ResolverTypeWrapper<Omit<TweetTombstone, 'reason'> & { reason: ResolversTypes['TombstoneReason'] }>;
  TweetUpdate: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['TweetUpdate']>;
  TweetViewer: ResolverTypeWrapper<TweetViewerMapper>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UndoRetweetInput: UndoRetweetInput;
  UndoRetweetPayload: ResolverTypeWrapper<Omit<UndoRetweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UnlikeTweetInput: UnlikeTweetInput;
  UnlikeTweetPayload: ResolverTypeWrapper<Omit<UnlikeTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversTypes['Tweet']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UnpinTweetInput: UnpinTweetInput;
  UnpinTweetPayload: ResolverTypeWrapper<Omit<UnpinTweetPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UrlEntity: ResolverTypeWrapper<UrlEntity>;
  User: ResolverTypeWrapper<UserMapper>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['UserEdge']>, nodes: Array<Maybe<ResolversTypes['User']>> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node?: Maybe<ResolversTypes['User']> }>;
  UserError: ResolverTypeWrapper<Omit<UserError, 'code'> & { code: ResolversTypes['UserErrorCode'] }>;
  UserErrorCode: ResolverTypeWrapper<'BLANK' | 'TOO_LONG' | 'TOO_SHORT' | 'INVALID' | 'TAKEN' | 'RESERVED' | 'NOT_FOUND' | 'FORBIDDEN' | 'BLOCKED' | 'PROTECTED' | 'SELF' | 'LIMIT_REACHED' | 'INVALID_CREDENTIALS' | 'EXPIRED' | 'DUPLICATE' | 'HELD_FOR_REVIEW' | 'WEAK_PASSWORD' | 'NOT_READY'>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BookmarkTweetInput: BookmarkTweetInput;
  ID: Scalars['ID']['output'];
  BookmarkTweetPayload: Omit<BookmarkTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CashtagEntity: CashtagEntity;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Conversation: ConversationMapper;
  ConversationUpdate: ResolversUnionTypes<ResolversParentTypes>['ConversationUpdate'];
  DateTime: Scalars['DateTime']['output'];
  DeleteTweetInput: DeleteTweetInput;
  DeleteTweetPayload: Omit<DeleteTweetPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DiscardHeldTweetInput: DiscardHeldTweetInput;
  DiscardHeldTweetPayload: Omit<DiscardHeldTweetPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  HashtagEntity: HashtagEntity;
  HeldTweet: HeldTweetMapper;
  HeldTweetConnection: Omit<HeldTweetConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['HeldTweetEdge']>, nodes: Array<ResolversParentTypes['HeldTweet']> };
  HeldTweetEdge: Omit<HeldTweetEdge, 'node'> & { node: ResolversParentTypes['HeldTweet'] };
  LikeTweetInput: LikeTweetInput;
  LikeTweetPayload: Omit<LikeTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  MentionEntity: MentionEntityMapper;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  PinTweetInput: PinTweetInput;
  PinTweetPayload: Omit<PinTweetPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PostTweetInput: PostTweetInput;
  PostTweetPayload: Omit<PostTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Query: Record<PropertyKey, never>;
  RecordTweetViewsInput: RecordTweetViewsInput;
  RecordTweetViewsPayload: Omit<RecordTweetViewsPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  ReleaseHeldTweetInput: ReleaseHeldTweetInput;
  ReleaseHeldTweetPayload: Omit<ReleaseHeldTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  RemoveBookmarkInput: RemoveBookmarkInput;
  RemoveBookmarkPayload: Omit<RemoveBookmarkPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  RetweetInput: RetweetInput;
  RetweetPayload: Omit<RetweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  StreamGap: StreamGap;
  Subscription: Record<PropertyKey, never>;
  Tweet: TweetMapper;
  TweetAdded: TweetAddedMapper;
  TweetConnection: Omit<TweetConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['TweetEdge']>, nodes: Array<Maybe<ResolversParentTypes['Tweet']>> };
  TweetCountsChanged: TweetCountsChangedMapper;
  TweetEdge: Omit<TweetEdge, 'node'> & { node?: Maybe<ResolversParentTypes['Tweet']> };
  TweetEntities: Omit<TweetEntities, 'mentions'> & { mentions: Array<ResolversParentTypes['MentionEntity']> };
  TweetOrTombstone: ResolversUnionTypes<ResolversParentTypes>['TweetOrTombstone'];
  TweetRemoved: TweetRemoved;
  TweetTombstone: TweetTombstone;
  TweetUpdate: ResolversUnionTypes<ResolversParentTypes>['TweetUpdate'];
  TweetViewer: TweetViewerMapper;
  URL: Scalars['URL']['output'];
  UndoRetweetInput: UndoRetweetInput;
  UndoRetweetPayload: Omit<UndoRetweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UnlikeTweetInput: UnlikeTweetInput;
  UnlikeTweetPayload: Omit<UnlikeTweetPayload, 'tweet' | 'userErrors'> & { tweet?: Maybe<ResolversParentTypes['Tweet']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UnpinTweetInput: UnpinTweetInput;
  UnpinTweetPayload: Omit<UnpinTweetPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UrlEntity: UrlEntity;
  User: UserMapper;
  UserConnection: Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['UserEdge']>, nodes: Array<Maybe<ResolversParentTypes['User']>> };
  UserEdge: Omit<UserEdge, 'node'> & { node?: Maybe<ResolversParentTypes['User']> };
  UserError: UserError;
};

export type BookmarkTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookmarkTweetPayload'] = ResolversParentTypes['BookmarkTweetPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CashtagEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CashtagEntity'] = ResolversParentTypes['CashtagEntity']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  symbol?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  ancestors?: Resolver<Array<ResolversTypes['TweetOrTombstone']>, ParentType, ContextType>;
  focus?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  replies?: Resolver<ResolversTypes['TweetConnection'], ParentType, ContextType, Partial<ConversationrepliesArgs>>;
  root?: Resolver<Maybe<ResolversTypes['TweetOrTombstone']>, ParentType, ContextType>;
};

export type ConversationUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationUpdate'] = ResolversParentTypes['ConversationUpdate']> = {
  __resolveType?: TypeResolveFn<'StreamGap' | 'TweetAdded' | 'TweetRemoved', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteTweetPayload'] = ResolversParentTypes['DeleteTweetPayload']> = {
  deletedTweetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DiscardHeldTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiscardHeldTweetPayload'] = ResolversParentTypes['DiscardHeldTweetPayload']> = {
  heldTweetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HashtagEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HashtagEntity'] = ResolversParentTypes['HashtagEntity']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tag?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HeldTweetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeldTweet'] = ResolversParentTypes['HeldTweet']> = {
  author?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  heldAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quoted?: Resolver<Maybe<ResolversTypes['TweetOrTombstone']>, ParentType, ContextType>;
  replyTo?: Resolver<Maybe<ResolversTypes['TweetOrTombstone']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HeldTweetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeldTweetConnection'] = ResolversParentTypes['HeldTweetConnection']> = {
  edges?: Resolver<Array<ResolversTypes['HeldTweetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['HeldTweet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HeldTweetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeldTweetEdge'] = ResolversParentTypes['HeldTweetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HeldTweet'], ParentType, ContextType>;
};

export type LikeTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LikeTweetPayload'] = ResolversParentTypes['LikeTweetPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MentionEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MentionEntity'] = ResolversParentTypes['MentionEntity']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  bookmarkTweet?: Resolver<ResolversTypes['BookmarkTweetPayload'], ParentType, ContextType, RequireFields<MutationbookmarkTweetArgs, 'input'>>;
  deleteTweet?: Resolver<ResolversTypes['DeleteTweetPayload'], ParentType, ContextType, RequireFields<MutationdeleteTweetArgs, 'input'>>;
  discardHeldTweet?: Resolver<ResolversTypes['DiscardHeldTweetPayload'], ParentType, ContextType, RequireFields<MutationdiscardHeldTweetArgs, 'input'>>;
  likeTweet?: Resolver<ResolversTypes['LikeTweetPayload'], ParentType, ContextType, RequireFields<MutationlikeTweetArgs, 'input'>>;
  pinTweet?: Resolver<ResolversTypes['PinTweetPayload'], ParentType, ContextType, RequireFields<MutationpinTweetArgs, 'input'>>;
  postTweet?: Resolver<ResolversTypes['PostTweetPayload'], ParentType, ContextType, RequireFields<MutationpostTweetArgs, 'input'>>;
  recordTweetViews?: Resolver<ResolversTypes['RecordTweetViewsPayload'], ParentType, ContextType, RequireFields<MutationrecordTweetViewsArgs, 'input'>>;
  releaseHeldTweet?: Resolver<ResolversTypes['ReleaseHeldTweetPayload'], ParentType, ContextType, RequireFields<MutationreleaseHeldTweetArgs, 'input'>>;
  removeBookmark?: Resolver<ResolversTypes['RemoveBookmarkPayload'], ParentType, ContextType, RequireFields<MutationremoveBookmarkArgs, 'input'>>;
  retweet?: Resolver<ResolversTypes['RetweetPayload'], ParentType, ContextType, RequireFields<MutationretweetArgs, 'input'>>;
  undoRetweet?: Resolver<ResolversTypes['UndoRetweetPayload'], ParentType, ContextType, RequireFields<MutationundoRetweetArgs, 'input'>>;
  unlikeTweet?: Resolver<ResolversTypes['UnlikeTweetPayload'], ParentType, ContextType, RequireFields<MutationunlikeTweetArgs, 'input'>>;
  unpinTweet?: Resolver<ResolversTypes['UnpinTweetPayload'], ParentType, ContextType, RequireFields<MutationunpinTweetArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'Tweet', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PinTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PinTweetPayload'] = ResolversParentTypes['PinTweetPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PopularWindowResolvers = EnumResolverSignature<{ DAY?: any, HOUR?: any, WEEK?: any }, ResolversTypes['PopularWindow']>;

export type PostTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostTweetPayload'] = ResolversParentTypes['PostTweetPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  bookmarks?: Resolver<Maybe<ResolversTypes['TweetConnection']>, ParentType, ContextType, Partial<QuerybookmarksArgs>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<QueryconversationArgs, 'tweetId'>>;
  heldTweets?: Resolver<Maybe<ResolversTypes['HeldTweetConnection']>, ParentType, ContextType, Partial<QueryheldTweetsArgs>>;
  popularTweets?: Resolver<Maybe<ResolversTypes['TweetConnection']>, ParentType, ContextType, RequireFields<QuerypopularTweetsArgs, 'window'>>;
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType, RequireFields<QuerytweetArgs, 'id'>>;
};

export type RecordTweetViewsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordTweetViewsPayload'] = ResolversParentTypes['RecordTweetViewsPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReleaseHeldTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseHeldTweetPayload'] = ResolversParentTypes['ReleaseHeldTweetPayload']> = {
  heldTweetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveBookmarkPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveBookmarkPayload'] = ResolversParentTypes['RemoveBookmarkPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetweetPayload'] = ResolversParentTypes['RetweetPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StreamGapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamGap'] = ResolversParentTypes['StreamGap']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StreamGapReason'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StreamGapReasonResolvers = EnumResolverSignature<{ BROKER_RESTARTED?: any, CURSOR_EXPIRED?: any, SLOW_CLIENT?: any }, ResolversTypes['StreamGapReason']>;

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  conversationUpdates?: SubscriptionResolver<ResolversTypes['ConversationUpdate'], "conversationUpdates", ParentType, ContextType, RequireFields<SubscriptionconversationUpdatesArgs, 'tweetId'>>;
  tweetUpdates?: SubscriptionResolver<ResolversTypes['TweetUpdate'], "tweetUpdates", ParentType, ContextType, RequireFields<SubscriptiontweetUpdatesArgs, 'tweetId'>>;
};

export type TombstoneReasonResolvers = EnumResolverSignature<{ AUTHOR_GONE?: any, AUTHOR_PROTECTED?: any, BLOCKED?: any, DELETED?: any, WITHHELD?: any }, ResolversTypes['TombstoneReason']>;

export type TweetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tweet'] = ResolversParentTypes['Tweet'], FederationReferenceType extends FederationReferenceTypes['Tweet'] = FederationReferenceTypes['Tweet']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tweet']> | FederationReferenceType, FederationReferenceType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  bookmarkCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entities?: Resolver<ResolversTypes['TweetEntities'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  likeCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  likedBy?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<TweetlikedByArgs>>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quoteCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  quoted?: Resolver<Maybe<ResolversTypes['TweetOrTombstone']>, ParentType, ContextType>;
  quotes?: Resolver<Maybe<ResolversTypes['TweetConnection']>, ParentType, ContextType, Partial<TweetquotesArgs>>;
  replies?: Resolver<Maybe<ResolversTypes['TweetConnection']>, ParentType, ContextType, Partial<TweetrepliesArgs>>;
  replyCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  replyTo?: Resolver<Maybe<ResolversTypes['TweetOrTombstone']>, ParentType, ContextType>;
  retweetCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  retweetedBy?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<TweetretweetedByArgs>>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  viewCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  viewer?: Resolver<Maybe<ResolversTypes['TweetViewer']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TweetAddedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetAdded'] = ResolversParentTypes['TweetAdded']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retweetedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TweetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetConnection'] = ResolversParentTypes['TweetConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TweetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Tweet']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TweetCountsChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetCountsChanged'] = ResolversParentTypes['TweetCountsChanged']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TweetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetEdge'] = ResolversParentTypes['TweetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
};

export type TweetEntitiesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetEntities'] = ResolversParentTypes['TweetEntities']> = {
  cashtags?: Resolver<Array<ResolversTypes['CashtagEntity']>, ParentType, ContextType>;
  hashtags?: Resolver<Array<ResolversTypes['HashtagEntity']>, ParentType, ContextType>;
  mentions?: Resolver<Array<ResolversTypes['MentionEntity']>, ParentType, ContextType>;
  urls?: Resolver<Array<ResolversTypes['UrlEntity']>, ParentType, ContextType>;
};

export type TweetOrTombstoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetOrTombstone'] = ResolversParentTypes['TweetOrTombstone']> = {
  __resolveType?: TypeResolveFn<'Tweet' | 'TweetTombstone', ParentType, ContextType>;
};

export type TweetRemovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetRemoved'] = ResolversParentTypes['TweetRemoved']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tweetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TweetTombstoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetTombstone'] = ResolversParentTypes['TweetTombstone']> = {
  reason?: Resolver<ResolversTypes['TombstoneReason'], ParentType, ContextType>;
  tweetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TweetUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetUpdate'] = ResolversParentTypes['TweetUpdate']> = {
  __resolveType?: TypeResolveFn<'StreamGap' | 'TweetCountsChanged' | 'TweetRemoved', ParentType, ContextType>;
};

export type TweetViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetViewer'] = ResolversParentTypes['TweetViewer']> = {
  canDelete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  canReply?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasBookmarked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasLiked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasRetweeted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isAuthor?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export interface URLScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UndoRetweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UndoRetweetPayload'] = ResolversParentTypes['UndoRetweetPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnlikeTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnlikeTweetPayload'] = ResolversParentTypes['UnlikeTweetPayload']> = {
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnpinTweetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnpinTweetPayload'] = ResolversParentTypes['UnpinTweetPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UrlEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UrlEntity'] = ResolversParentTypes['UrlEntity']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  likes?: Resolver<Maybe<ResolversTypes['TweetConnection']>, ParentType, ContextType, Partial<UserlikesArgs>>;
  pinnedTweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  tweetCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['User']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorCodeResolvers = EnumResolverSignature<{ BLANK?: any, BLOCKED?: any, DUPLICATE?: any, EXPIRED?: any, FORBIDDEN?: any, HELD_FOR_REVIEW?: any, INVALID?: any, INVALID_CREDENTIALS?: any, LIMIT_REACHED?: any, NOT_FOUND?: any, NOT_READY?: any, PROTECTED?: any, RESERVED?: any, SELF?: any, TAKEN?: any, TOO_LONG?: any, TOO_SHORT?: any, WEAK_PASSWORD?: any }, ResolversTypes['UserErrorCode']>;

export type Resolvers<ContextType = Context> = {
  BookmarkTweetPayload?: BookmarkTweetPayloadResolvers<ContextType>;
  CashtagEntity?: CashtagEntityResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationUpdate?: ConversationUpdateResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteTweetPayload?: DeleteTweetPayloadResolvers<ContextType>;
  DiscardHeldTweetPayload?: DiscardHeldTweetPayloadResolvers<ContextType>;
  HashtagEntity?: HashtagEntityResolvers<ContextType>;
  HeldTweet?: HeldTweetResolvers<ContextType>;
  HeldTweetConnection?: HeldTweetConnectionResolvers<ContextType>;
  HeldTweetEdge?: HeldTweetEdgeResolvers<ContextType>;
  LikeTweetPayload?: LikeTweetPayloadResolvers<ContextType>;
  MentionEntity?: MentionEntityResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PinTweetPayload?: PinTweetPayloadResolvers<ContextType>;
  PopularWindow?: PopularWindowResolvers;
  PostTweetPayload?: PostTweetPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecordTweetViewsPayload?: RecordTweetViewsPayloadResolvers<ContextType>;
  ReleaseHeldTweetPayload?: ReleaseHeldTweetPayloadResolvers<ContextType>;
  RemoveBookmarkPayload?: RemoveBookmarkPayloadResolvers<ContextType>;
  RetweetPayload?: RetweetPayloadResolvers<ContextType>;
  StreamGap?: StreamGapResolvers<ContextType>;
  StreamGapReason?: StreamGapReasonResolvers;
  Subscription?: SubscriptionResolvers<ContextType>;
  TombstoneReason?: TombstoneReasonResolvers;
  Tweet?: TweetResolvers<ContextType>;
  TweetAdded?: TweetAddedResolvers<ContextType>;
  TweetConnection?: TweetConnectionResolvers<ContextType>;
  TweetCountsChanged?: TweetCountsChangedResolvers<ContextType>;
  TweetEdge?: TweetEdgeResolvers<ContextType>;
  TweetEntities?: TweetEntitiesResolvers<ContextType>;
  TweetOrTombstone?: TweetOrTombstoneResolvers<ContextType>;
  TweetRemoved?: TweetRemovedResolvers<ContextType>;
  TweetTombstone?: TweetTombstoneResolvers<ContextType>;
  TweetUpdate?: TweetUpdateResolvers<ContextType>;
  TweetViewer?: TweetViewerResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UndoRetweetPayload?: UndoRetweetPayloadResolvers<ContextType>;
  UnlikeTweetPayload?: UnlikeTweetPayloadResolvers<ContextType>;
  UnpinTweetPayload?: UnpinTweetPayloadResolvers<ContextType>;
  UrlEntity?: UrlEntityResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
};

