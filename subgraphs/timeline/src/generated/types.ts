import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ListMapper, UserMapper } from './../../schema.mappers.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
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

/** A page of the viewer's home timeline. */
export type HomeTimelineConnection = {
  __typename?: 'HomeTimelineConnection';
  /** The entries with their cursors, newest first; at most 100. */
  edges: Array<HomeTimelineEdge>;
  /** The tweets alone, one per edge and in the same order. */
  nodes: Array<Maybe<Tweet>>;
  /** Where the page lies in the home timeline. */
  pageInfo: PageInfo;
};

/** An entry of the viewer's home timeline: a tweet, or a retweet of one. */
export type HomeTimelineEdge = {
  __typename?: 'HomeTimelineEdge';
  /** The entry's place; good for this viewer's home only. */
  cursor: Scalars['String']['output'];
  /** The tweet. */
  node?: Maybe<Tweet>;
  /** Why the entry is in the home timeline. */
  reason?: Maybe<TimelineReason>;
  /** Who retweeted it; null when the entry is the tweet itself. */
  retweetedBy?: Maybe<User>;
};

/** The orders of a home timeline. */
export type HomeTimelineOrder =
  /** Newest first: a tweet stands at the time when it was posted, a retweet at the time when it was retweeted. */
  | 'LATEST';

/** Something that happened to the viewer's home timeline. */
export type HomeTimelineUpdate = StreamGap | TweetAdded | TweetRemoved;

/**
 * A list of accounts that somebody has made, to read what they write apart from the home. A private one is its owner's alone; of
 * a protected account's lists its followers see the others.
 */
export type List = {
  __typename?: 'List';
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** What the members of the list have written, newest first; no retweets. An answer is there when it answers its own author or a member. Deleted tweets and those of accounts in a block with the viewer, either way, and of protected accounts that the viewer does not follow, are left out and the page filled up from at least 20,000 further entries; mutes hide nothing here. Whether the list goes on is exact in both directions, unless as many in a row are hidden: then the page is short, and the list goes on from its cursor. */
  timeline?: Maybe<TweetConnection>;
};


/**
 * A list of accounts that somebody has made, to read what they write apart from the home. A private one is its owner's alone; of
 * a protected account's lists its followers see the others.
 */
export type ListtimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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

/** What can be read. */
export type Query = {
  __typename?: 'Query';
  /** The tweets and retweets of the viewer and of the accounts that the viewer follows, and what is popular where that is asked for. An answer is there when the viewer wrote it, when it answers the viewer or its own author, or when the viewer also follows the account answered; a retweet always. A tweet and each retweet of it are entries of their own. What is deleted, blocked, muted (also by a word that it says) or of a protected account that the viewer does not follow is left out and the page filled up from at least 20,000 further entries, up to 800 with each statement: four statements for a page of 20 of which 95% is hidden, eight for a page of 100. Whether the list goes on is exact in both directions, unless as many in a row are hidden: then the page is short, and the list goes on from its cursor. `UNAUTHENTICATED` when signed out. */
  homeTimeline?: Maybe<HomeTimelineConnection>;
};


/** What can be read. */
export type QueryhomeTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includePopular?: InputMaybe<Scalars['Boolean']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  order?: InputMaybe<HomeTimelineOrder>;
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
  /** What happens to the viewer's home timeline, from now on or beyond the cursor given: in order, each update once. Visibility is decided anew at the moment of delivery, so that a block, a mute, a muted word, an unfollow or an account's protection holds at once. Up to 1,000 updates wait for a client that reads slowly; then those that wait are dropped, and one `StreamGap` of reason `SLOW_CLIENT` stands in their place. `UNAUTHENTICATED` when signed out. */
  homeTimelineUpdates: HomeTimelineUpdate;
};


/** What can be watched. */
export type SubscriptionhomeTimelineUpdatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  gapReason?: InputMaybe<StreamGapReason>;
};

/** Why an entry is in a timeline. */
export type TimelineReason =
  /** An account that the viewer follows wrote it. */
  | 'FOLLOWED'
  /** The viewer wrote or retweeted it. */
  | 'OWN'
  /** It is popular with everybody; only where `includePopular` asks for that. */
  | 'POPULAR'
  /** An account that the viewer follows retweeted it. */
  | 'RETWEETED_BY_FOLLOWED';

/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type Tweet = Node & {
  __typename?: 'Tweet';
  /** The tweet's Snowflake. */
  id: Scalars['ID']['output'];
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

/** A tweet's place in a list. */
export type TweetEdge = {
  __typename?: 'TweetEdge';
  /** Names this place to `after` and `before` of the same list. */
  cursor: Scalars['String']['output'];
  /** The tweet; null when it cannot be had at the moment. */
  node?: Maybe<Tweet>;
};

/** A tweet has gone: it was deleted, the last retweet that had brought it into a timeline was undone, or whoever watches may not see it. */
export type TweetRemoved = {
  __typename?: 'TweetRemoved';
  /** The update's place in the stream. */
  cursor: Scalars['String']['output'];
  /** The tweet's Snowflake. */
  tweetId: Scalars['ID']['output'];
};

/** An account as everybody sees it. */
export type User = Node & {
  __typename?: 'User';
  /** A decimal Snowflake. It stays the same when the username changes. */
  id: Scalars['ID']['output'];
  /** What the account wrote and retweeted, newest first. Empty when the viewer and the account block each other, either way, and when the account is protected, for all but its followers and itself; deleted tweets, and retweets of what the viewer may not see, are left out and passed over in the same statement. Mutes hide nothing here, nor do muted words. Whether the list goes on is exact in both directions. */
  timeline?: Maybe<UserTimelineConnection>;
};


/** An account as everybody sees it. */
export type UsertimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserTimelineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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

/** A page of an account's tweets and retweets. */
export type UserTimelineConnection = {
  __typename?: 'UserTimelineConnection';
  /** The entries with their cursors, newest first behind the pinned one; at most 100. */
  edges: Array<UserTimelineEdge>;
  /** The tweets alone, one per edge and in the same order. */
  nodes: Array<Maybe<Tweet>>;
  /** Where the page lies in the list. */
  pageInfo: PageInfo;
};

/** An entry of a profile: a tweet of the account, or its retweet of one. */
export type UserTimelineEdge = {
  __typename?: 'UserTimelineEdge';
  /** The entry's place; good for this account and filter only. */
  cursor: Scalars['String']['output'];
  /** It stands first because the account pinned it. */
  isPinned: Scalars['Boolean']['output'];
  /** The account retweeted it, also when it is its own tweet. */
  isRetweet: Scalars['Boolean']['output'];
  /** The tweet. */
  node?: Maybe<Tweet>;
};

/** Which entries of an account a profile lists. */
export type UserTimelineFilter =
  /** The account's own tweets and answers with media; no retweets. */
  | 'MEDIA'
  /** Tweets that answer nobody, answers to the account's own tweets (threads), and retweets. The pinned tweet, whatever it answers, stands first and is not repeated in its place. */
  | 'TWEETS'
  /** All tweets, whomever they answer, and retweets; the pinned tweet stands in its place like any other. */
  | 'TWEETS_AND_REPLIES';



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
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  List:
    ( { __typename: 'List' }
    & GraphQLRecursivePick<FederationTypes['List'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  HomeTimelineUpdate:
    | ( Omit<StreamGap, 'reason'> & { reason: _RefType['StreamGapReason'] } & { __typename: 'StreamGap' } )
    | ( Omit<TweetAdded, 'retweetedBy'> & { retweetedBy?: Maybe<_RefType['User']> } & { __typename: 'TweetAdded' } )
    | ( TweetRemoved & { __typename: 'TweetRemoved' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( Tweet & { __typename: 'Tweet' } )
    | ( UserMapper & { __typename: 'User' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  HomeTimelineConnection: ResolverTypeWrapper<Omit<HomeTimelineConnection, 'edges'> & { edges: Array<ResolversTypes['HomeTimelineEdge']> }>;
  HomeTimelineEdge: ResolverTypeWrapper<Omit<HomeTimelineEdge, 'reason' | 'retweetedBy'> & { reason?: Maybe<ResolversTypes['TimelineReason']>, retweetedBy?: Maybe<ResolversTypes['User']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  HomeTimelineOrder: ResolverTypeWrapper<'LATEST'>;
  HomeTimelineUpdate: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['HomeTimelineUpdate']>;
  List: ResolverTypeWrapper<ListMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  StreamGap: ResolverTypeWrapper<Omit<StreamGap, 'reason'> & { reason: ResolversTypes['StreamGapReason'] }>;
  StreamGapReason: ResolverTypeWrapper<'CURSOR_EXPIRED' | 'SLOW_CLIENT' | 'BROKER_RESTARTED'>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimelineReason: ResolverTypeWrapper<'OWN' | 'FOLLOWED' | 'RETWEETED_BY_FOLLOWED' | 'POPULAR'>;
  Tweet: ResolverTypeWrapper<Tweet>;
  TweetAdded: ResolverTypeWrapper<Omit<TweetAdded, 'retweetedBy'> & { retweetedBy?: Maybe<ResolversTypes['User']> }>;
  TweetConnection: ResolverTypeWrapper<TweetConnection>;
  TweetEdge: ResolverTypeWrapper<TweetEdge>;
  TweetRemoved: ResolverTypeWrapper<TweetRemoved>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserMapper>;
  UserError: ResolverTypeWrapper<Omit<UserError, 'code'> & { code: ResolversTypes['UserErrorCode'] }>;
  UserErrorCode: ResolverTypeWrapper<'BLANK' | 'TOO_LONG' | 'TOO_SHORT' | 'INVALID' | 'TAKEN' | 'RESERVED' | 'NOT_FOUND' | 'FORBIDDEN' | 'BLOCKED' | 'PROTECTED' | 'SELF' | 'LIMIT_REACHED' | 'INVALID_CREDENTIALS' | 'EXPIRED' | 'DUPLICATE' | 'HELD_FOR_REVIEW' | 'WEAK_PASSWORD' | 'NOT_READY'>;
  UserTimelineConnection: ResolverTypeWrapper<UserTimelineConnection>;
  UserTimelineEdge: ResolverTypeWrapper<UserTimelineEdge>;
  UserTimelineFilter: ResolverTypeWrapper<'TWEETS' | 'TWEETS_AND_REPLIES' | 'MEDIA'>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  HomeTimelineConnection: Omit<HomeTimelineConnection, 'edges'> & { edges: Array<ResolversParentTypes['HomeTimelineEdge']> };
  HomeTimelineEdge: Omit<HomeTimelineEdge, 'retweetedBy'> & { retweetedBy?: Maybe<ResolversParentTypes['User']> };
  String: Scalars['String']['output'];
  HomeTimelineUpdate: ResolversUnionTypes<ResolversParentTypes>['HomeTimelineUpdate'];
  List: ListMapper;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  StreamGap: StreamGap;
  Subscription: Record<PropertyKey, never>;
  Tweet: Tweet;
  TweetAdded: Omit<TweetAdded, 'retweetedBy'> & { retweetedBy?: Maybe<ResolversParentTypes['User']> };
  TweetConnection: TweetConnection;
  TweetEdge: TweetEdge;
  TweetRemoved: TweetRemoved;
  URL: Scalars['URL']['output'];
  User: UserMapper;
  UserError: UserError;
  UserTimelineConnection: UserTimelineConnection;
  UserTimelineEdge: UserTimelineEdge;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type HomeTimelineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HomeTimelineConnection'] = ResolversParentTypes['HomeTimelineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['HomeTimelineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Tweet']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HomeTimelineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HomeTimelineEdge'] = ResolversParentTypes['HomeTimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['TimelineReason']>, ParentType, ContextType>;
  retweetedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type HomeTimelineOrderResolvers = EnumResolverSignature<{ LATEST?: any }, ResolversTypes['HomeTimelineOrder']>;

export type HomeTimelineUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HomeTimelineUpdate'] = ResolversParentTypes['HomeTimelineUpdate']> = {
  __resolveType?: TypeResolveFn<'StreamGap' | 'TweetAdded' | 'TweetRemoved', ParentType, ContextType>;
};

export type ListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['List'] = ResolversParentTypes['List'], FederationReferenceType extends FederationReferenceTypes['List'] = FederationReferenceTypes['List']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['List']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeline?: Resolver<Maybe<ResolversTypes['TweetConnection']>, ParentType, ContextType, Partial<ListtimelineArgs>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'Tweet' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  homeTimeline?: Resolver<Maybe<ResolversTypes['HomeTimelineConnection']>, ParentType, ContextType, RequireFields<QueryhomeTimelineArgs, 'includePopular' | 'order'>>;
};

export type StreamGapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamGap'] = ResolversParentTypes['StreamGap']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StreamGapReason'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StreamGapReasonResolvers = EnumResolverSignature<{ BROKER_RESTARTED?: any, CURSOR_EXPIRED?: any, SLOW_CLIENT?: any }, ResolversTypes['StreamGapReason']>;

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  homeTimelineUpdates?: SubscriptionResolver<ResolversTypes['HomeTimelineUpdate'], "homeTimelineUpdates", ParentType, ContextType, Partial<SubscriptionhomeTimelineUpdatesArgs>>;
};

export type TimelineReasonResolvers = EnumResolverSignature<{ FOLLOWED?: any, OWN?: any, POPULAR?: any, RETWEETED_BY_FOLLOWED?: any }, ResolversTypes['TimelineReason']>;

export type TweetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tweet'] = ResolversParentTypes['Tweet']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type TweetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetEdge'] = ResolversParentTypes['TweetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
};

export type TweetRemovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TweetRemoved'] = ResolversParentTypes['TweetRemoved']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tweetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface URLScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeline?: Resolver<Maybe<ResolversTypes['UserTimelineConnection']>, ParentType, ContextType, RequireFields<UsertimelineArgs, 'filter'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorCodeResolvers = EnumResolverSignature<{ BLANK?: any, BLOCKED?: any, DUPLICATE?: any, EXPIRED?: any, FORBIDDEN?: any, HELD_FOR_REVIEW?: any, INVALID?: any, INVALID_CREDENTIALS?: any, LIMIT_REACHED?: any, NOT_FOUND?: any, NOT_READY?: any, PROTECTED?: any, RESERVED?: any, SELF?: any, TAKEN?: any, TOO_LONG?: any, TOO_SHORT?: any, WEAK_PASSWORD?: any }, ResolversTypes['UserErrorCode']>;

export type UserTimelineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserTimelineConnection'] = ResolversParentTypes['UserTimelineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserTimelineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Tweet']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UserTimelineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserTimelineEdge'] = ResolversParentTypes['UserTimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isPinned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isRetweet?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
};

export type UserTimelineFilterResolvers = EnumResolverSignature<{ MEDIA?: any, TWEETS?: any, TWEETS_AND_REPLIES?: any }, ResolversTypes['UserTimelineFilter']>;

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  HomeTimelineConnection?: HomeTimelineConnectionResolvers<ContextType>;
  HomeTimelineEdge?: HomeTimelineEdgeResolvers<ContextType>;
  HomeTimelineOrder?: HomeTimelineOrderResolvers;
  HomeTimelineUpdate?: HomeTimelineUpdateResolvers<ContextType>;
  List?: ListResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  StreamGap?: StreamGapResolvers<ContextType>;
  StreamGapReason?: StreamGapReasonResolvers;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimelineReason?: TimelineReasonResolvers;
  Tweet?: TweetResolvers<ContextType>;
  TweetAdded?: TweetAddedResolvers<ContextType>;
  TweetConnection?: TweetConnectionResolvers<ContextType>;
  TweetEdge?: TweetEdgeResolvers<ContextType>;
  TweetRemoved?: TweetRemovedResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
  UserTimelineConnection?: UserTimelineConnectionResolvers<ContextType>;
  UserTimelineEdge?: UserTimelineEdgeResolvers<ContextType>;
  UserTimelineFilter?: UserTimelineFilterResolvers;
};

