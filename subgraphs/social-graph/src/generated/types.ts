import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ListMapper, MutedKeywordMapper, UserMapper } from './../../schema.mappers.ts';
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

/** Whom to put into which list. */
export type AddListMemberInput = {
  /** The list's Snowflake. */
  listId: Scalars['ID']['input'];
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of putting an account into a list. */
export type AddListMemberPayload = {
  __typename?: 'AddListMemberPayload';
  /** The list, with the account in it; null when there are user errors. */
  list?: Maybe<List>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whose request to approve. */
export type ApproveFollowRequestInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of approving a request. */
export type ApproveFollowRequestPayload = {
  __typename?: 'ApproveFollowRequestPayload';
  /** The account that follows now; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom to block. */
export type BlockUserInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of blocking. */
export type BlockUserPayload = {
  __typename?: 'BlockUserPayload';
  /** The account that is blocked now; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to make. */
export type CreateListInput = {
  /** At most 100 characters, spaces around them not counted. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Nobody but the viewer shall see it. */
  isPrivate?: InputMaybe<Scalars['Boolean']['input']>;
  /** 1-25 characters, spaces around them not counted. */
  name: Scalars['String']['input'];
};

/** What came of making a list. */
export type CreateListPayload = {
  __typename?: 'CreateListPayload';
  /** The new list; null when there are user errors. */
  list?: Maybe<List>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whose request to decline. */
export type DeclineFollowRequestInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of declining a request. */
export type DeclineFollowRequestPayload = {
  __typename?: 'DeclineFollowRequestPayload';
  /** The account that does not follow; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Which list to delete. */
export type DeleteListInput = {
  /** The list's Snowflake. */
  listId: Scalars['ID']['input'];
};

/** What came of deleting a list. */
export type DeleteListPayload = {
  __typename?: 'DeleteListPayload';
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom not to suggest. */
export type DismissSuggestionInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of dismissing a suggestion. */
export type DismissSuggestionPayload = {
  __typename?: 'DismissSuggestionPayload';
  /** The account that is suggested no longer; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom to follow. */
export type FollowUserInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of following. */
export type FollowUserPayload = {
  __typename?: 'FollowUserPayload';
  /** The account that is followed now, or asked; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/**
 * A list of accounts that somebody has made, to read what they write apart from the home. A private one is its owner's alone; of
 * a protected account's lists its followers see the others.
 */
export type List = Node & {
  __typename?: 'List';
  /** At most 100 characters; null when there is none. */
  description?: Maybe<Scalars['String']['output']>;
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** Nobody but its owner sees it. */
  isPrivate: Scalars['Boolean']['output'];
  /** How many accounts are in it, at most 5,000, whoever asks. */
  memberCount?: Maybe<Scalars['Int']['output']>;
  /**
   * The accounts in it, added last first. Accounts in a block with the viewer, either way, are left out and the page filled up
   * again from at most 21,000 further entries.
   */
  members?: Maybe<UserConnection>;
  /** 1-25 characters. */
  name: Scalars['String']['output'];
  /** The same Snowflake, for references whose list has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
  /** Who has made it. */
  owner?: Maybe<User>;
};


/**
 * A list of accounts that somebody has made, to read what they write apart from the home. A private one is its owner's alone; of
 * a protected account's lists its followers see the others.
 */
export type ListmembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of an account's lists. */
export type ListConnection = {
  __typename?: 'ListConnection';
  /** The page's lists with their cursors, made last first. */
  edges: Array<ListEdge>;
  /** The page's lists alone. */
  nodes: Array<Maybe<List>>;
  /** Where the page lies among the account's lists. */
  pageInfo: PageInfo;
};

/** A list's place among those of an account. */
export type ListEdge = {
  __typename?: 'ListEdge';
  /** Names this place to `after` and `before` of the same account's lists. */
  cursor: Scalars['String']['output'];
  /** The list; null when it was deleted, or made private, a moment ago. */
  node?: Maybe<List>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Puts an account into a list of the viewer's, the viewer's own too; one that is in it already is success. Nobody is told. A
   * block between the two, either way, takes it out again. User errors: `NOT_FOUND` of the list or the account, `FORBIDDEN` when
   * it is somebody else's list, `BLOCKED`, `LIMIT_REACHED` when the list has as many members as one may have (5,000 unless
   * configured otherwise).
   */
  addListMember: AddListMemberPayload;
  /**
   * Lets an account follow that has asked to; one that follows already is success. User errors: `SELF`, `NOT_FOUND` also when
   * the account has not asked.
   */
  approveFollowRequest: ApproveFollowRequestPayload;
  /**
   * Blocks an account: follows and requests end both ways, either leaves the other's lists, and while it lasts neither sees the
   * other's tweets, or can follow, answer, quote, like or retweet the other. User errors: `SELF`, `NOT_FOUND`.
   */
  blockUser: BlockUserPayload;
  /**
   * Makes a list. User errors: `BLANK`, `TOO_LONG` and `INVALID` of the name or the description, `LIMIT_REACHED` when the viewer
   * has made as many as one may (1,000 unless configured otherwise).
   */
  createList: CreateListPayload;
  /**
   * Does not let an account follow that has asked to; it is not told, and may ask again. Where nothing was asked it is
   * success. User errors: `SELF`, `NOT_FOUND`.
   */
  declineFollowRequest: DeclineFollowRequestPayload;
  /** Deletes a list of the viewer's for good. User errors: `NOT_FOUND`, `FORBIDDEN` when it is somebody else's. */
  deleteList: DeleteListPayload;
  /**
   * Lets `suggestedUsers` leave out an account from now on; the viewer's latest 1,000 dismissals are remembered. Nothing else
   * changes, and nobody is told. Dismissing again is success. User errors: `SELF`, `NOT_FOUND`.
   */
  dismissSuggestion: DismissSuggestionPayload;
  /**
   * Follows an account, or asks to when it is protected: it then waits for the account's answer. Following it already, or
   * having asked, is success. User errors: `SELF`, `NOT_FOUND`, `BLOCKED` when either blocks the
   * other, `LIMIT_REACHED` when the viewer follows, and asks to follow, as many accounts as one may (5,000 unless configured
   * otherwise).
   */
  followUser: FollowUserPayload;
  /**
   * Hides tweets that say a phrase from the viewer's home and its stream, from the answers of conversations and their streams,
   * and from what is popular, whoever wrote or retweeted them, and quotes of such tweets; never what the viewer wrote or
   * retweeted. Nor is the viewer notified of answers, quotes and mentions that say it. Profiles, look-ups and other lists are
   * untouched. A word is found as a whole word, in any case and Unicode form, also in a tag; `#tag`, `$tag` and `@name` are
   * found as such alone; several words next to each other in this order; in scripts that are written without spaces (Han,
   * Kana, Thai, Lao, Khmer, Myanmar) anywhere. What says the same as a phrase that is muted already is that phrase: muting
   * again replaces `until`. User errors: `BLANK`, `TOO_LONG`, `INVALID` when there is no word in it or `until` is not in the
   * future, `LIMIT_REACHED` when the viewer has muted as many as one may (200 unless configured otherwise).
   */
  muteKeyword: MuteKeywordPayload;
  /**
   * Hides an account's tweets and retweets, and retweets of its tweets by others, from the viewer's home and its stream, its
   * answers from conversations, and its tweets from what is popular, silently and without ending follows; the viewer is
   * notified of nothing that it does. Profiles, look-ups and lists of people are untouched. Muting again replaces `until` and
   * `onlyRetweets`. User errors: `SELF`, `NOT_FOUND`, `INVALID` when `until` is not in the future.
   */
  muteUser: MuteUserPayload;
  /** Makes an account follow the viewer no longer, without a block. User errors: `SELF`, `NOT_FOUND`. */
  removeFollower: RemoveFollowerPayload;
  /**
   * Takes an account out of a list of the viewer's; one that is not in it is success. User errors: `NOT_FOUND` of the list or the
   * account, `FORBIDDEN` when it is somebody else's list.
   */
  removeListMember: RemoveListMemberPayload;
  /** Ends the viewer's block; follows that it ended do not come back. User errors: `SELF`, `NOT_FOUND`. */
  unblockUser: UnblockUserPayload;
  /** Follows an account no longer, or withdraws the request to; doing neither is success. User errors: `SELF`, `NOT_FOUND`. */
  unfollowUser: UnfollowUserPayload;
  /** Ends the muting of a phrase; one that the viewer does not mute is success. There are no user errors. */
  unmuteKeyword: UnmuteKeywordPayload;
  /** Ends the viewer's mute; muting nobody is success. User errors: `SELF`, `NOT_FOUND`. */
  unmuteUser: UnmuteUserPayload;
  /**
   * Changes what a list of the viewer's says, or who may see it; what is not given stays. User errors: `NOT_FOUND`, `FORBIDDEN`
   * when it is somebody else's, `BLANK`, `TOO_LONG` and `INVALID` of the name or the description.
   */
  updateList: UpdateListPayload;
};


export type MutationaddListMemberArgs = {
  input: AddListMemberInput;
};


export type MutationapproveFollowRequestArgs = {
  input: ApproveFollowRequestInput;
};


export type MutationblockUserArgs = {
  input: BlockUserInput;
};


export type MutationcreateListArgs = {
  input: CreateListInput;
};


export type MutationdeclineFollowRequestArgs = {
  input: DeclineFollowRequestInput;
};


export type MutationdeleteListArgs = {
  input: DeleteListInput;
};


export type MutationdismissSuggestionArgs = {
  input: DismissSuggestionInput;
};


export type MutationfollowUserArgs = {
  input: FollowUserInput;
};


export type MutationmuteKeywordArgs = {
  input: MuteKeywordInput;
};


export type MutationmuteUserArgs = {
  input: MuteUserInput;
};


export type MutationremoveFollowerArgs = {
  input: RemoveFollowerInput;
};


export type MutationremoveListMemberArgs = {
  input: RemoveListMemberInput;
};


export type MutationunblockUserArgs = {
  input: UnblockUserInput;
};


export type MutationunfollowUserArgs = {
  input: UnfollowUserInput;
};


export type MutationunmuteKeywordArgs = {
  input: UnmuteKeywordInput;
};


export type MutationunmuteUserArgs = {
  input: UnmuteUserInput;
};


export type MutationupdateListArgs = {
  input: UpdateListInput;
};

/** What to mute. */
export type MuteKeywordInput = {
  /** A word, several words, a tag (`#tag`), a mention (`@name`) or an emoji: 1-100 characters, spaces around it not counted. */
  phrase: Scalars['String']['input'];
  /** When it ends by itself, in the future; without it, it lasts until it is ended. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What came of muting a phrase. */
export type MuteKeywordPayload = {
  __typename?: 'MuteKeywordPayload';
  /** The phrase that is muted now; null when there are user errors. */
  mutedKeyword?: Maybe<MutedKeyword>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom to mute, and how. */
export type MuteUserInput = {
  /** Hide only what the account retweets, and that it retweeted something of the viewer's; leave its own tweets. */
  onlyRetweets?: InputMaybe<Scalars['Boolean']['input']>;
  /** When the mute ends by itself, in the future; without it, it lasts until it is ended. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of muting. */
export type MuteUserPayload = {
  __typename?: 'MuteUserPayload';
  /** The account that is muted now; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** A phrase that the viewer does not want to read. Nobody else sees it. */
export type MutedKeyword = Node & {
  __typename?: 'MutedKeyword';
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** The same Snowflake, for references whose keyword has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
  /** As it was first written, without spaces around it: 1-100 characters. */
  phrase: Scalars['String']['output'];
  /** When it ends by itself; null when it does not. */
  until?: Maybe<Scalars['DateTime']['output']>;
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

export type Query = {
  __typename?: 'Query';
  /** The accounts that the viewer blocks, blocked last first. Needs an account (`UNAUTHENTICATED`). */
  blockedUsers?: Maybe<UserConnection>;
  /**
   * The accounts that ask to follow the viewer and wait for an answer, who asked last first. Needs an account
   * (`UNAUTHENTICATED`).
   */
  followRequests?: Maybe<UserConnection>;
  /** A list by its id; null when there is none, and when it is not for the viewer to see. */
  list?: Maybe<List>;
  /**
   * The phrases that the viewer mutes at this moment, muted last first: all of them, as there are few (200 unless configured
   * otherwise). Needs an account (`UNAUTHENTICATED`).
   */
  mutedKeywords?: Maybe<Array<MutedKeyword>>;
  /**
   * The accounts that the viewer mutes at this moment, altogether or only their retweets, muted last first; those in a block
   * with the viewer too, so that every mute can be found and ended. Needs an account (`UNAUTHENTICATED`).
   */
  mutedUsers?: Maybe<UserConnection>;
  /**
   * Accounts that the viewer may want to follow: first those whom most of the accounts that the viewer followed last follow,
   * large ones before small ones, then the largest of all. The viewer's own account, those that the viewer follows, has asked
   * to follow, mutes or has dismissed, and those in a block with the viewer, either way, are left out. At most 1,000 are
   * ranked, as things stand at each page. Needs an account (`UNAUTHENTICATED`).
   */
  suggestedUsers?: Maybe<UserConnection>;
};


export type QueryblockedUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryfollowRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerylistArgs = {
  id: Scalars['ID']['input'];
};


export type QuerymutedUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerysuggestedUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Who shall follow the viewer no longer. */
export type RemoveFollowerInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of removing a follower. */
export type RemoveFollowerPayload = {
  __typename?: 'RemoveFollowerPayload';
  /** The account that follows no longer; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom to take out of which list. */
export type RemoveListMemberInput = {
  /** The list's Snowflake. */
  listId: Scalars['ID']['input'];
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of taking an account out of a list. */
export type RemoveListMemberPayload = {
  __typename?: 'RemoveListMemberPayload';
  /** The list, without the account; null when there are user errors. */
  list?: Maybe<List>;
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

/** Whom to block no longer. */
export type UnblockUserInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of unblocking. */
export type UnblockUserPayload = {
  __typename?: 'UnblockUserPayload';
  /** The account that is blocked no longer; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom to follow no longer. */
export type UnfollowUserInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of unfollowing. */
export type UnfollowUserPayload = {
  __typename?: 'UnfollowUserPayload';
  /** The account that is followed no longer; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to mute no longer. */
export type UnmuteKeywordInput = {
  /** The muted keyword's Snowflake. */
  mutedKeywordId: Scalars['ID']['input'];
};

/** What came of unmuting a phrase. */
export type UnmuteKeywordPayload = {
  __typename?: 'UnmuteKeywordPayload';
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** Whom to mute no longer. */
export type UnmuteUserInput = {
  /** The account's Snowflake. */
  userId: Scalars['ID']['input'];
};

/** What came of unmuting. */
export type UnmuteUserPayload = {
  __typename?: 'UnmuteUserPayload';
  /** The account that is muted no longer; null when there are user errors. */
  user?: Maybe<User>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** What to change of a list. What is not given stays as it is. */
export type UpdateListInput = {
  /** At most 100 characters, spaces around them not counted; null takes the description away. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Nobody but the viewer shall see it. */
  isPrivate?: InputMaybe<Scalars['Boolean']['input']>;
  /** The list's Snowflake. */
  listId: Scalars['ID']['input'];
  /** 1-25 characters, spaces around them not counted. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** What came of changing a list. */
export type UpdateListPayload = {
  __typename?: 'UpdateListPayload';
  /** The list as it is now; null when there are user errors. */
  list?: Maybe<List>;
  /** What to mend; empty when it is done. */
  userErrors: Array<UserError>;
};

/** An account as everybody sees it. */
export type User = {
  __typename?: 'User';
  /** How many accounts follow this one, whoever asks. */
  followerCount?: Maybe<Scalars['Int']['output']>;
  /**
   * The accounts that follow this one, who followed last first. Accounts in a block with the viewer, either way, are left
   * out and the page filled up again from at most 21,000 further entries. Of a protected account it is empty for all but its
   * followers and itself.
   */
  followers?: Maybe<UserConnection>;
  /**
   * Those followers of this account whom the viewer follows, in the order of `followers`; of one's own account they are
   * those who follow back. Null when signed out; of a protected account empty for all but its followers and itself.
   */
  followersYouKnow?: Maybe<UserConnection>;
  /**
   * The accounts that this one follows, followed last first. Accounts in a block with the viewer, either way, are left out
   * and the page filled up again from at most 21,000 further entries. Of a protected account it is empty for all but its
   * followers and itself.
   */
  following?: Maybe<UserConnection>;
  /** How many accounts this one follows, whoever asks. */
  followingCount?: Maybe<Scalars['Int']['output']>;
  /** A decimal Snowflake. It stays the same when the username changes. */
  id: Scalars['ID']['output'];
  /**
   * The lists that this account has made, made last first; private ones for itself alone. Of a protected account it is empty
   * for all but its followers and itself.
   */
  lists?: Maybe<ListConnection>;
  /** How the viewer and this account stand to each other; null when signed out. */
  viewer?: Maybe<UserViewer>;
};


/** An account as everybody sees it. */
export type UserfollowersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** An account as everybody sees it. */
export type UserfollowersYouKnowArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** An account as everybody sees it. */
export type UserfollowingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** An account as everybody sees it. */
export type UserlistsArgs = {
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

/** How the viewer and an account stand to each other at this moment. Of the viewer's own account all but `isSelf` is false. */
export type UserViewer = {
  __typename?: 'UserViewer';
  /** The viewer has asked to follow the account and waits for its answer; false where following needs no approval. */
  hasRequestedToFollow: Scalars['Boolean']['output'];
  /** The account blocks the viewer. */
  isBlockedBy: Scalars['Boolean']['output'];
  /** The viewer blocks the account. */
  isBlocking: Scalars['Boolean']['output'];
  /** The account follows the viewer. */
  isFollowedBy: Scalars['Boolean']['output'];
  /** The viewer follows the account. */
  isFollowing: Scalars['Boolean']['output'];
  /** The viewer mutes the account, altogether or only what it retweets; a mute that has ended counts as none. */
  isMuting: Scalars['Boolean']['output'];
  /** The viewer's mute hides only what the account retweets, and leaves its own tweets. */
  isMutingRetweets: Scalars['Boolean']['output'];
  /** It is the viewer's own account. */
  isSelf: Scalars['Boolean']['output'];
  /** When the viewer's mute ends; null when it does not end by itself, and when there is none. */
  mutedUntil?: Maybe<Scalars['DateTime']['output']>;
};



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
  List: List;
  MutedKeyword: MutedKeyword;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  List:
    ( { __typename: 'List' }
    & ( GraphQLRecursivePick<FederationTypes['List'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['List'], {"nodeId":true}> ) );
  MutedKeyword:
    ( { __typename: 'MutedKeyword' }
    & ( GraphQLRecursivePick<FederationTypes['MutedKeyword'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['MutedKeyword'], {"nodeId":true}> ) );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ListMapper & { __typename: 'List' } )
    | ( MutedKeywordMapper & { __typename: 'MutedKeyword' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddListMemberInput: AddListMemberInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AddListMemberPayload: ResolverTypeWrapper<Omit<AddListMemberPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversTypes['List']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ApproveFollowRequestInput: ApproveFollowRequestInput;
  ApproveFollowRequestPayload: ResolverTypeWrapper<Omit<ApproveFollowRequestPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  BlockUserInput: BlockUserInput;
  BlockUserPayload: ResolverTypeWrapper<Omit<BlockUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CreateListInput: CreateListInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CreateListPayload: ResolverTypeWrapper<Omit<CreateListPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversTypes['List']>, userErrors: Array<ResolversTypes['UserError']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeclineFollowRequestInput: DeclineFollowRequestInput;
  DeclineFollowRequestPayload: ResolverTypeWrapper<Omit<DeclineFollowRequestPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  DeleteListInput: DeleteListInput;
  DeleteListPayload: ResolverTypeWrapper<Omit<DeleteListPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DismissSuggestionInput: DismissSuggestionInput;
  DismissSuggestionPayload: ResolverTypeWrapper<Omit<DismissSuggestionPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  FollowUserInput: FollowUserInput;
  FollowUserPayload: ResolverTypeWrapper<Omit<FollowUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  List: ResolverTypeWrapper<ListMapper>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ListConnection: ResolverTypeWrapper<Omit<ListConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ListEdge']>, nodes: Array<Maybe<ResolversTypes['List']>> }>;
  ListEdge: ResolverTypeWrapper<Omit<ListEdge, 'node'> & { node?: Maybe<ResolversTypes['List']> }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MuteKeywordInput: MuteKeywordInput;
  MuteKeywordPayload: ResolverTypeWrapper<Omit<MuteKeywordPayload, 'mutedKeyword' | 'userErrors'> & { mutedKeyword?: Maybe<ResolversTypes['MutedKeyword']>, userErrors: Array<ResolversTypes['UserError']> }>;
  MuteUserInput: MuteUserInput;
  MuteUserPayload: ResolverTypeWrapper<Omit<MuteUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  MutedKeyword: ResolverTypeWrapper<MutedKeywordMapper>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RemoveFollowerInput: RemoveFollowerInput;
  RemoveFollowerPayload: ResolverTypeWrapper<Omit<RemoveFollowerPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RemoveListMemberInput: RemoveListMemberInput;
  RemoveListMemberPayload: ResolverTypeWrapper<Omit<RemoveListMemberPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversTypes['List']>, userErrors: Array<ResolversTypes['UserError']> }>;
  StreamGap: ResolverTypeWrapper<Omit<StreamGap, 'reason'> & { reason: ResolversTypes['StreamGapReason'] }>;
  StreamGapReason: ResolverTypeWrapper<'CURSOR_EXPIRED' | 'SLOW_CLIENT' | 'BROKER_RESTARTED'>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UnblockUserInput: UnblockUserInput;
  UnblockUserPayload: ResolverTypeWrapper<Omit<UnblockUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UnfollowUserInput: UnfollowUserInput;
  UnfollowUserPayload: ResolverTypeWrapper<Omit<UnfollowUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UnmuteKeywordInput: UnmuteKeywordInput;
  UnmuteKeywordPayload: ResolverTypeWrapper<Omit<UnmuteKeywordPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  UnmuteUserInput: UnmuteUserInput;
  UnmuteUserPayload: ResolverTypeWrapper<Omit<UnmuteUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UpdateListInput: UpdateListInput;
  UpdateListPayload: ResolverTypeWrapper<Omit<UpdateListPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversTypes['List']>, userErrors: Array<ResolversTypes['UserError']> }>;
  User: ResolverTypeWrapper<UserMapper>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['UserEdge']>, nodes: Array<Maybe<ResolversTypes['User']>> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node?: Maybe<ResolversTypes['User']> }>;
  UserError: ResolverTypeWrapper<Omit<UserError, 'code'> & { code: ResolversTypes['UserErrorCode'] }>;
  UserErrorCode: ResolverTypeWrapper<'BLANK' | 'TOO_LONG' | 'TOO_SHORT' | 'INVALID' | 'TAKEN' | 'RESERVED' | 'NOT_FOUND' | 'FORBIDDEN' | 'BLOCKED' | 'PROTECTED' | 'SELF' | 'LIMIT_REACHED' | 'INVALID_CREDENTIALS' | 'EXPIRED' | 'DUPLICATE' | 'HELD_FOR_REVIEW' | 'WEAK_PASSWORD' | 'NOT_READY'>;
  UserViewer: ResolverTypeWrapper<UserViewer>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddListMemberInput: AddListMemberInput;
  ID: Scalars['ID']['output'];
  AddListMemberPayload: Omit<AddListMemberPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversParentTypes['List']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ApproveFollowRequestInput: ApproveFollowRequestInput;
  ApproveFollowRequestPayload: Omit<ApproveFollowRequestPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  BlockUserInput: BlockUserInput;
  BlockUserPayload: Omit<BlockUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CreateListInput: CreateListInput;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  CreateListPayload: Omit<CreateListPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversParentTypes['List']>, userErrors: Array<ResolversParentTypes['UserError']> };
  DateTime: Scalars['DateTime']['output'];
  DeclineFollowRequestInput: DeclineFollowRequestInput;
  DeclineFollowRequestPayload: Omit<DeclineFollowRequestPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  DeleteListInput: DeleteListInput;
  DeleteListPayload: Omit<DeleteListPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DismissSuggestionInput: DismissSuggestionInput;
  DismissSuggestionPayload: Omit<DismissSuggestionPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  FollowUserInput: FollowUserInput;
  FollowUserPayload: Omit<FollowUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  List: ListMapper;
  Int: Scalars['Int']['output'];
  ListConnection: Omit<ListConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ListEdge']>, nodes: Array<Maybe<ResolversParentTypes['List']>> };
  ListEdge: Omit<ListEdge, 'node'> & { node?: Maybe<ResolversParentTypes['List']> };
  Mutation: Record<PropertyKey, never>;
  MuteKeywordInput: MuteKeywordInput;
  MuteKeywordPayload: Omit<MuteKeywordPayload, 'mutedKeyword' | 'userErrors'> & { mutedKeyword?: Maybe<ResolversParentTypes['MutedKeyword']>, userErrors: Array<ResolversParentTypes['UserError']> };
  MuteUserInput: MuteUserInput;
  MuteUserPayload: Omit<MuteUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  MutedKeyword: MutedKeywordMapper;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RemoveFollowerInput: RemoveFollowerInput;
  RemoveFollowerPayload: Omit<RemoveFollowerPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  RemoveListMemberInput: RemoveListMemberInput;
  RemoveListMemberPayload: Omit<RemoveListMemberPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversParentTypes['List']>, userErrors: Array<ResolversParentTypes['UserError']> };
  StreamGap: StreamGap;
  URL: Scalars['URL']['output'];
  UnblockUserInput: UnblockUserInput;
  UnblockUserPayload: Omit<UnblockUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UnfollowUserInput: UnfollowUserInput;
  UnfollowUserPayload: Omit<UnfollowUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UnmuteKeywordInput: UnmuteKeywordInput;
  UnmuteKeywordPayload: Omit<UnmuteKeywordPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  UnmuteUserInput: UnmuteUserInput;
  UnmuteUserPayload: Omit<UnmuteUserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UpdateListInput: UpdateListInput;
  UpdateListPayload: Omit<UpdateListPayload, 'list' | 'userErrors'> & { list?: Maybe<ResolversParentTypes['List']>, userErrors: Array<ResolversParentTypes['UserError']> };
  User: UserMapper;
  UserConnection: Omit<UserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['UserEdge']>, nodes: Array<Maybe<ResolversParentTypes['User']>> };
  UserEdge: Omit<UserEdge, 'node'> & { node?: Maybe<ResolversParentTypes['User']> };
  UserError: UserError;
  UserViewer: UserViewer;
};

export type AddListMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddListMemberPayload'] = ResolversParentTypes['AddListMemberPayload']> = {
  list?: Resolver<Maybe<ResolversTypes['List']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApproveFollowRequestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApproveFollowRequestPayload'] = ResolversParentTypes['ApproveFollowRequestPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BlockUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockUserPayload'] = ResolversParentTypes['BlockUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateListPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateListPayload'] = ResolversParentTypes['CreateListPayload']> = {
  list?: Resolver<Maybe<ResolversTypes['List']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeclineFollowRequestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeclineFollowRequestPayload'] = ResolversParentTypes['DeclineFollowRequestPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteListPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteListPayload'] = ResolversParentTypes['DeleteListPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DismissSuggestionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DismissSuggestionPayload'] = ResolversParentTypes['DismissSuggestionPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type FollowUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FollowUserPayload'] = ResolversParentTypes['FollowUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['List'] = ResolversParentTypes['List'], FederationReferenceType extends FederationReferenceTypes['List'] = FederationReferenceTypes['List']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['List']> | FederationReferenceType, FederationReferenceType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPrivate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<ListmembersArgs>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListConnection'] = ResolversParentTypes['ListConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ListEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['List']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ListEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListEdge'] = ResolversParentTypes['ListEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['List']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addListMember?: Resolver<ResolversTypes['AddListMemberPayload'], ParentType, ContextType, RequireFields<MutationaddListMemberArgs, 'input'>>;
  approveFollowRequest?: Resolver<ResolversTypes['ApproveFollowRequestPayload'], ParentType, ContextType, RequireFields<MutationapproveFollowRequestArgs, 'input'>>;
  blockUser?: Resolver<ResolversTypes['BlockUserPayload'], ParentType, ContextType, RequireFields<MutationblockUserArgs, 'input'>>;
  createList?: Resolver<ResolversTypes['CreateListPayload'], ParentType, ContextType, RequireFields<MutationcreateListArgs, 'input'>>;
  declineFollowRequest?: Resolver<ResolversTypes['DeclineFollowRequestPayload'], ParentType, ContextType, RequireFields<MutationdeclineFollowRequestArgs, 'input'>>;
  deleteList?: Resolver<ResolversTypes['DeleteListPayload'], ParentType, ContextType, RequireFields<MutationdeleteListArgs, 'input'>>;
  dismissSuggestion?: Resolver<ResolversTypes['DismissSuggestionPayload'], ParentType, ContextType, RequireFields<MutationdismissSuggestionArgs, 'input'>>;
  followUser?: Resolver<ResolversTypes['FollowUserPayload'], ParentType, ContextType, RequireFields<MutationfollowUserArgs, 'input'>>;
  muteKeyword?: Resolver<ResolversTypes['MuteKeywordPayload'], ParentType, ContextType, RequireFields<MutationmuteKeywordArgs, 'input'>>;
  muteUser?: Resolver<ResolversTypes['MuteUserPayload'], ParentType, ContextType, RequireFields<MutationmuteUserArgs, 'input'>>;
  removeFollower?: Resolver<ResolversTypes['RemoveFollowerPayload'], ParentType, ContextType, RequireFields<MutationremoveFollowerArgs, 'input'>>;
  removeListMember?: Resolver<ResolversTypes['RemoveListMemberPayload'], ParentType, ContextType, RequireFields<MutationremoveListMemberArgs, 'input'>>;
  unblockUser?: Resolver<ResolversTypes['UnblockUserPayload'], ParentType, ContextType, RequireFields<MutationunblockUserArgs, 'input'>>;
  unfollowUser?: Resolver<ResolversTypes['UnfollowUserPayload'], ParentType, ContextType, RequireFields<MutationunfollowUserArgs, 'input'>>;
  unmuteKeyword?: Resolver<ResolversTypes['UnmuteKeywordPayload'], ParentType, ContextType, RequireFields<MutationunmuteKeywordArgs, 'input'>>;
  unmuteUser?: Resolver<ResolversTypes['UnmuteUserPayload'], ParentType, ContextType, RequireFields<MutationunmuteUserArgs, 'input'>>;
  updateList?: Resolver<ResolversTypes['UpdateListPayload'], ParentType, ContextType, RequireFields<MutationupdateListArgs, 'input'>>;
};

export type MuteKeywordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteKeywordPayload'] = ResolversParentTypes['MuteKeywordPayload']> = {
  mutedKeyword?: Resolver<Maybe<ResolversTypes['MutedKeyword']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MuteUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteUserPayload'] = ResolversParentTypes['MuteUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutedKeywordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MutedKeyword'] = ResolversParentTypes['MutedKeyword'], FederationReferenceType extends FederationReferenceTypes['MutedKeyword'] = FederationReferenceTypes['MutedKeyword']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MutedKeyword']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  phrase?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'List' | 'MutedKeyword', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  blockedUsers?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryblockedUsersArgs>>;
  followRequests?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryfollowRequestsArgs>>;
  list?: Resolver<Maybe<ResolversTypes['List']>, ParentType, ContextType, RequireFields<QuerylistArgs, 'id'>>;
  mutedKeywords?: Resolver<Maybe<Array<ResolversTypes['MutedKeyword']>>, ParentType, ContextType>;
  mutedUsers?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QuerymutedUsersArgs>>;
  suggestedUsers?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QuerysuggestedUsersArgs>>;
};

export type RemoveFollowerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveFollowerPayload'] = ResolversParentTypes['RemoveFollowerPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveListMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveListMemberPayload'] = ResolversParentTypes['RemoveListMemberPayload']> = {
  list?: Resolver<Maybe<ResolversTypes['List']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StreamGapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamGap'] = ResolversParentTypes['StreamGap']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StreamGapReason'], ParentType, ContextType>;
};

export type StreamGapReasonResolvers = EnumResolverSignature<{ BROKER_RESTARTED?: any, CURSOR_EXPIRED?: any, SLOW_CLIENT?: any }, ResolversTypes['StreamGapReason']>;

export interface URLScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UnblockUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnblockUserPayload'] = ResolversParentTypes['UnblockUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnfollowUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnfollowUserPayload'] = ResolversParentTypes['UnfollowUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnmuteKeywordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnmuteKeywordPayload'] = ResolversParentTypes['UnmuteKeywordPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnmuteUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnmuteUserPayload'] = ResolversParentTypes['UnmuteUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateListPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateListPayload'] = ResolversParentTypes['UpdateListPayload']> = {
  list?: Resolver<Maybe<ResolversTypes['List']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  followerCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  followers?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<UserfollowersArgs>>;
  followersYouKnow?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<UserfollowersYouKnowArgs>>;
  following?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<UserfollowingArgs>>;
  followingCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lists?: Resolver<Maybe<ResolversTypes['ListConnection']>, ParentType, ContextType, Partial<UserlistsArgs>>;
  viewer?: Resolver<Maybe<ResolversTypes['UserViewer']>, ParentType, ContextType>;
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

export type UserViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserViewer'] = ResolversParentTypes['UserViewer']> = {
  hasRequestedToFollow?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isBlockedBy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isBlocking?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isFollowedBy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isFollowing?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isMuting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isMutingRetweets?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSelf?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mutedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AddListMemberPayload?: AddListMemberPayloadResolvers<ContextType>;
  ApproveFollowRequestPayload?: ApproveFollowRequestPayloadResolvers<ContextType>;
  BlockUserPayload?: BlockUserPayloadResolvers<ContextType>;
  CreateListPayload?: CreateListPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeclineFollowRequestPayload?: DeclineFollowRequestPayloadResolvers<ContextType>;
  DeleteListPayload?: DeleteListPayloadResolvers<ContextType>;
  DismissSuggestionPayload?: DismissSuggestionPayloadResolvers<ContextType>;
  FollowUserPayload?: FollowUserPayloadResolvers<ContextType>;
  List?: ListResolvers<ContextType>;
  ListConnection?: ListConnectionResolvers<ContextType>;
  ListEdge?: ListEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MuteKeywordPayload?: MuteKeywordPayloadResolvers<ContextType>;
  MuteUserPayload?: MuteUserPayloadResolvers<ContextType>;
  MutedKeyword?: MutedKeywordResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RemoveFollowerPayload?: RemoveFollowerPayloadResolvers<ContextType>;
  RemoveListMemberPayload?: RemoveListMemberPayloadResolvers<ContextType>;
  StreamGap?: StreamGapResolvers<ContextType>;
  StreamGapReason?: StreamGapReasonResolvers;
  URL?: GraphQLScalarType;
  UnblockUserPayload?: UnblockUserPayloadResolvers<ContextType>;
  UnfollowUserPayload?: UnfollowUserPayloadResolvers<ContextType>;
  UnmuteKeywordPayload?: UnmuteKeywordPayloadResolvers<ContextType>;
  UnmuteUserPayload?: UnmuteUserPayloadResolvers<ContextType>;
  UpdateListPayload?: UpdateListPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
  UserViewer?: UserViewerResolvers<ContextType>;
};

