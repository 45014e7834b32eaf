import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { NotificationMapper, NotificationAddedMapper } from './../../schema.mappers.ts';
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

/** Up to where notifications are read. */
export type MarkNotificationsReadInput = {
  /** The newest notification that is read; also one of the viewer's that is hidden or undone by now. Of anything else: `NOT_FOUND`. */
  upTo: Scalars['ID']['input'];
};

/** What marking as read answers. */
export type MarkNotificationsReadPayload = {
  __typename?: 'MarkNotificationsReadPayload';
  /** How many notifications are unread now, of all kinds that arrive `IN_APP`: 0-1,000; null when nothing was marked. */
  unreadCount?: Maybe<Scalars['Int']['output']>;
  /** What to mend; nothing was marked then. */
  userErrors: Array<UserError>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Marks as read a notification and all that are older. What comes later is unread, also when it is about something earlier. Doing it again changes nothing. */
  markNotificationsRead: MarkNotificationsReadPayload;
  /** Sends messages to a browser from now on, encrypted for it alone, as its push service has given it: what notification there is and of what kind, no more. An account has 20 browsers at most, the first gives way; a browser is that of the account that registers it last, and is told as long as the session lasts in which it did. Registering again changes nothing, or replaces the keys and the session. */
  registerPushSubscription: RegisterPushSubscriptionPayload;
  /** Says whether notifications of a kind arrive on a channel, from now on; `IN_APP` also for those of before. Doing it again changes nothing. */
  setNotificationPreference: SetNotificationPreferencePayload;
};


export type MutationmarkNotificationsReadArgs = {
  input: MarkNotificationsReadInput;
};


export type MutationregisterPushSubscriptionArgs = {
  input: RegisterPushSubscriptionInput;
};


export type MutationsetNotificationPreferenceArgs = {
  input: SetNotificationPreferenceInput;
};

/** Anything with an identity of its own. `node(id:)` finds it again. */
export type Node = {
  /** A decimal Snowflake, unique over all types; it carries the kind of thing and the time of its creation. */
  id: Scalars['ID']['output'];
};

/** What somebody did that concerns the viewer. Nobody else sees it. */
export type Notification = Node & {
  __typename?: 'Notification';
  /** How many did it, whom the viewer may hear of; for a milestone what was reached, and 0 for what a moderator decided. */
  actorCount: Scalars['Int']['output'];
  /** When the first did it. Its place in the list: the newest stands first. */
  createdAt: Scalars['DateTime']['output'];
  /** A decimal Snowflake; `node(id:)` finds it for the viewer alone. */
  id: Scalars['ID']['output'];
  /** The viewer has marked it as read. At most 1,000 are unread: what is older than those counts as read. */
  isRead: Scalars['Boolean']['output'];
  /** What was done. */
  kind: NotificationKind;
  /** For a milestone, how many like the tweet: 10, 100, 1,000 and so on; else null. */
  milestone?: Maybe<Scalars['Int']['output']>;
  /** The same Snowflake, for references whose notification has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
  /** Those who did it last, the newest first: three at most, fewer when fewer did it, none for a milestone and for what a moderator decided. */
  sampleActors: Array<Maybe<User>>;
  /** The viewer's tweet that was liked or retweeted, or that many like, or that a moderator released; the answer, the quote or the tweet that mentions the viewer; null when it is about no tweet. */
  tweet?: Maybe<Tweet>;
  /** When the last did it: at most five minutes later. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A notification has come. */
export type NotificationAdded = {
  __typename?: 'NotificationAdded';
  /** The update's place in the stream. */
  cursor: Scalars['String']['output'];
  /** The notification as it is now; null when it has gone in the moment of its delivery. */
  notification?: Maybe<Notification>;
  /** How many notifications are unread, of all kinds that arrive `IN_APP`, of the same moment as the notification: 0-1,000. */
  unreadCount: Scalars['Int']['output'];
};

/** The ways on which notifications arrive. */
export type NotificationChannel =
  /** A digest to the account's email address, once a day unless the service says otherwise: of what is unread and has come since the last one a line for each notification, the newest 20, and how many more there are. */
  | 'EMAIL'
  /** The list, the unread count, and the live stream. */
  | 'IN_APP'
  /** Messages to the browsers that are registered: one when a notification begins. */
  | 'PUSH';

/** A page of the viewer's notifications. */
export type NotificationConnection = {
  __typename?: 'NotificationConnection';
  /** The notifications with their cursors, newest first; at most 100. */
  edges: Array<NotificationEdge>;
  /** The notifications alone, one per edge and in the same order. */
  nodes: Array<Maybe<Notification>>;
  /** Where the page lies in the list. */
  pageInfo: PageInfo;
  /** How many notifications of the whole list, that is of the kinds asked for, are unread, of the same moment as the page: 0-1,000. */
  unreadCount: Scalars['Int']['output'];
};

/** A notification in the viewer's list. */
export type NotificationEdge = {
  __typename?: 'NotificationEdge';
  /** Its place; good for this viewer's list only, whichever kinds are asked for. */
  cursor: Scalars['String']['output'];
  /** The notification. */
  node?: Maybe<Notification>;
};

/** What notifications tell of. */
export type NotificationKind =
  /** Somebody follows the viewer. */
  | 'FOLLOW'
  /** Somebody asks to follow the viewer, whose account is protected. It goes when the viewer has decided. */
  | 'FOLLOW_REQUEST'
  /** Somebody likes a tweet of the viewer's. Likes of one tweet within the same five minutes are one notification; so are retweets, and so are new followers. What somebody does a second time stands in its first place. */
  | 'LIKE'
  /** Somebody has mentioned the viewer, in a tweet that neither answers nor quotes the viewer. */
  | 'MENTION'
  /** So many like a tweet of the viewer's, by its public count: 10, 100, 1,000 and so on. Gone when it falls below that. */
  | 'MILESTONE'
  /** A moderator has decided about a tweet of the viewer's that was held for review: `tweet` is the tweet when it was released, null when it was discarded. Each decision is a notification of its own. */
  | 'MODERATION'
  /** Somebody has quoted a tweet of the viewer's. */
  | 'QUOTE'
  /** Somebody has answered a tweet of the viewer's. */
  | 'REPLY'
  /** Somebody has retweeted a tweet of the viewer's. */
  | 'RETWEET';

/** Whether notifications of a kind arrive on a channel. */
export type NotificationPreference = {
  __typename?: 'NotificationPreference';
  /** The way on which it arrives. */
  channel: NotificationChannel;
  /** Whether it does. Until something else is said, all kinds do `IN_APP` and by `PUSH`, and none by `EMAIL`: nobody is written to who has not asked for it. */
  isEnabled: Scalars['Boolean']['output'];
  /** The kind of notification. */
  kind: NotificationKind;
};

/** Something that happened to the viewer's notifications. */
export type NotificationUpdate = NotificationAdded | StreamGap;

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
  /** Which kinds of notification the viewer gets, and how: one for each kind and channel. `UNAUTHENTICATED` when signed out. */
  notificationPreferences?: Maybe<Array<NotificationPreference>>;
  /** What others did that concerns the viewer, newest first. A notification is there while any of it stands of which the viewer may hear: what was undone or deleted, and what somebody did who is blocked either way, muted, or protected and not followed by the viewer (of such an account only that it follows, or asks to, is told), is gone at the next read and counts in nothing, also when that came later, and is back when it ends; so are answers, quotes and mentions that say a muted word, and retweets by whom the viewer hears no retweets of. What is hidden is passed over in the same statement: a page is full until the list ends. Kinds that do not arrive `IN_APP` are left out, and are there again when they do. `UNAUTHENTICATED` when signed out. */
  notifications?: Maybe<NotificationConnection>;
  /** What a browser is given to subscribe to messages: this system's public key (VAPID), in base64url. The same at every start. */
  pushPublicKey: Scalars['String']['output'];
};


export type QuerynotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<NotificationKind>>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A browser's subscription, as the Push API gives it. */
export type RegisterPushSubscriptionInput = {
  /** The browser's secret in base64url, 16 bytes. */
  auth: Scalars['String']['input'];
  /** Where messages are sent: an https address on the internet. */
  endpoint: Scalars['URL']['input'];
  /** The browser's public key: an uncompressed point of P-256 in base64url, 65 bytes. */
  p256dh: Scalars['String']['input'];
};

/** What registering a browser answers. */
export type RegisterPushSubscriptionPayload = {
  __typename?: 'RegisterPushSubscriptionPayload';
  /** What to mend; nothing was registered then. */
  userErrors: Array<UserError>;
};

/** Whether notifications of a kind arrive on a channel. */
export type SetNotificationPreferenceInput = {
  /** The way on which it arrives. */
  channel: NotificationChannel;
  /** Whether it does from now on. */
  isEnabled: Scalars['Boolean']['input'];
  /** The kind of notification. */
  kind: NotificationKind;
};

/** What setting a preference answers. */
export type SetNotificationPreferencePayload = {
  __typename?: 'SetNotificationPreferencePayload';
  /** All of the viewer's preferences as they are now; null when nothing was set. */
  preferences?: Maybe<Array<NotificationPreference>>;
  /** What to mend; nothing was set then. */
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

export type Subscription = {
  __typename?: 'Subscription';
  /** The viewer's notifications as they come, from now on or beyond the cursor given: in order, each once, when it begins; what others add to it within its five minutes is told by the list. Visibility is decided anew at the moment of delivery. Up to 1,000 wait for a client that reads slowly; then those that wait are dropped, and one `StreamGap` of reason `SLOW_CLIENT` stands in their place. `UNAUTHENTICATED` when signed out. */
  notificationAdded: NotificationUpdate;
};


export type SubscriptionnotificationAddedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  gapReason?: InputMaybe<StreamGapReason>;
};

/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type Tweet = Node & {
  __typename?: 'Tweet';
  /** The tweet's Snowflake. */
  id: Scalars['ID']['output'];
};

/** An account as everybody sees it. */
export type User = Node & {
  __typename?: 'User';
  /** A decimal Snowflake. It stays the same when the username changes. */
  id: Scalars['ID']['output'];
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
  Notification: Notification;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Notification:
    ( { __typename: 'Notification' }
    & ( GraphQLRecursivePick<FederationTypes['Notification'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Notification'], {"nodeId":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  NotificationUpdate:
    | ( NotificationAddedMapper & { __typename: 'NotificationAdded' } )
    | ( Omit<StreamGap, 'reason'> & { reason: _RefType['StreamGapReason'] } & { __typename: 'StreamGap' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( NotificationMapper & { __typename: 'Notification' } )
    | ( Tweet & { __typename: 'Tweet' } )
    | ( User & { __typename: 'User' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  MarkNotificationsReadInput: MarkNotificationsReadInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  MarkNotificationsReadPayload: ResolverTypeWrapper<Omit<MarkNotificationsReadPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Notification: ResolverTypeWrapper<NotificationMapper>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  NotificationAdded: ResolverTypeWrapper<NotificationAddedMapper>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  NotificationChannel: ResolverTypeWrapper<'IN_APP' | 'PUSH' | 'EMAIL'>;
  NotificationConnection: ResolverTypeWrapper<Omit<NotificationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['NotificationEdge']>, nodes: Array<Maybe<ResolversTypes['Notification']>> }>;
  NotificationEdge: ResolverTypeWrapper<Omit<NotificationEdge, 'node'> & { node?: Maybe<ResolversTypes['Notification']> }>;
  NotificationKind: ResolverTypeWrapper<'LIKE' | 'RETWEET' | 'QUOTE' | 'REPLY' | 'MENTION' | 'FOLLOW' | 'FOLLOW_REQUEST' | 'MILESTONE' | 'MODERATION'>;
  NotificationPreference: ResolverTypeWrapper<Omit<NotificationPreference, 'channel' | 'kind'> & { channel: ResolversTypes['NotificationChannel'], kind: ResolversTypes['NotificationKind'] }>;
  NotificationUpdate: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['NotificationUpdate']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterPushSubscriptionInput: RegisterPushSubscriptionInput;
  RegisterPushSubscriptionPayload: ResolverTypeWrapper<Omit<RegisterPushSubscriptionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  SetNotificationPreferenceInput: SetNotificationPreferenceInput;
  SetNotificationPreferencePayload: ResolverTypeWrapper<Omit<SetNotificationPreferencePayload, 'preferences' | 'userErrors'> & { preferences?: Maybe<Array<ResolversTypes['NotificationPreference']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  StreamGap: ResolverTypeWrapper<Omit<StreamGap, 'reason'> & { reason: ResolversTypes['StreamGapReason'] }>;
  StreamGapReason: ResolverTypeWrapper<'CURSOR_EXPIRED' | 'SLOW_CLIENT' | 'BROKER_RESTARTED'>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Tweet: ResolverTypeWrapper<Tweet>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<User>;
  UserError: ResolverTypeWrapper<Omit<UserError, 'code'> & { code: ResolversTypes['UserErrorCode'] }>;
  UserErrorCode: ResolverTypeWrapper<'BLANK' | 'TOO_LONG' | 'TOO_SHORT' | 'INVALID' | 'TAKEN' | 'RESERVED' | 'NOT_FOUND' | 'FORBIDDEN' | 'BLOCKED' | 'PROTECTED' | 'SELF' | 'LIMIT_REACHED' | 'INVALID_CREDENTIALS' | 'EXPIRED' | 'DUPLICATE' | 'HELD_FOR_REVIEW' | 'WEAK_PASSWORD' | 'NOT_READY'>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  MarkNotificationsReadInput: MarkNotificationsReadInput;
  ID: Scalars['ID']['output'];
  MarkNotificationsReadPayload: Omit<MarkNotificationsReadPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Notification: NotificationMapper;
  Boolean: Scalars['Boolean']['output'];
  NotificationAdded: NotificationAddedMapper;
  String: Scalars['String']['output'];
  NotificationConnection: Omit<NotificationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['NotificationEdge']>, nodes: Array<Maybe<ResolversParentTypes['Notification']>> };
  NotificationEdge: Omit<NotificationEdge, 'node'> & { node?: Maybe<ResolversParentTypes['Notification']> };
  NotificationPreference: NotificationPreference;
  NotificationUpdate: ResolversUnionTypes<ResolversParentTypes>['NotificationUpdate'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RegisterPushSubscriptionInput: RegisterPushSubscriptionInput;
  RegisterPushSubscriptionPayload: Omit<RegisterPushSubscriptionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  SetNotificationPreferenceInput: SetNotificationPreferenceInput;
  SetNotificationPreferencePayload: Omit<SetNotificationPreferencePayload, 'preferences' | 'userErrors'> & { preferences?: Maybe<Array<ResolversParentTypes['NotificationPreference']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  StreamGap: StreamGap;
  Subscription: Record<PropertyKey, never>;
  Tweet: Tweet;
  URL: Scalars['URL']['output'];
  User: User;
  UserError: UserError;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MarkNotificationsReadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkNotificationsReadPayload'] = ResolversParentTypes['MarkNotificationsReadPayload']> = {
  unreadCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  markNotificationsRead?: Resolver<ResolversTypes['MarkNotificationsReadPayload'], ParentType, ContextType, RequireFields<MutationmarkNotificationsReadArgs, 'input'>>;
  registerPushSubscription?: Resolver<ResolversTypes['RegisterPushSubscriptionPayload'], ParentType, ContextType, RequireFields<MutationregisterPushSubscriptionArgs, 'input'>>;
  setNotificationPreference?: Resolver<ResolversTypes['SetNotificationPreferencePayload'], ParentType, ContextType, RequireFields<MutationsetNotificationPreferenceArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'Notification' | 'Tweet' | 'User', ParentType, ContextType>;
};

export type NotificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification'], FederationReferenceType extends FederationReferenceTypes['Notification'] = FederationReferenceTypes['Notification']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Notification']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRead?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
  milestone?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sampleActors?: Resolver<Array<Maybe<ResolversTypes['User']>>, ParentType, ContextType>;
  tweet?: Resolver<Maybe<ResolversTypes['Tweet']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotificationAddedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationAdded'] = ResolversParentTypes['NotificationAdded']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notification?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotificationChannelResolvers = EnumResolverSignature<{ EMAIL?: any, IN_APP?: any, PUSH?: any }, ResolversTypes['NotificationChannel']>;

export type NotificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Notification']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NotificationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType>;
};

export type NotificationKindResolvers = EnumResolverSignature<{ FOLLOW?: any, FOLLOW_REQUEST?: any, LIKE?: any, MENTION?: any, MILESTONE?: any, MODERATION?: any, QUOTE?: any, REPLY?: any, RETWEET?: any }, ResolversTypes['NotificationKind']>;

export type NotificationPreferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreference'] = ResolversParentTypes['NotificationPreference']> = {
  channel?: Resolver<ResolversTypes['NotificationChannel'], ParentType, ContextType>;
  isEnabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
};

export type NotificationUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationUpdate'] = ResolversParentTypes['NotificationUpdate']> = {
  __resolveType?: TypeResolveFn<'NotificationAdded' | 'StreamGap', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  notificationPreferences?: Resolver<Maybe<Array<ResolversTypes['NotificationPreference']>>, ParentType, ContextType>;
  notifications?: Resolver<Maybe<ResolversTypes['NotificationConnection']>, ParentType, ContextType, Partial<QuerynotificationsArgs>>;
  pushPublicKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RegisterPushSubscriptionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterPushSubscriptionPayload'] = ResolversParentTypes['RegisterPushSubscriptionPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetNotificationPreferencePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetNotificationPreferencePayload'] = ResolversParentTypes['SetNotificationPreferencePayload']> = {
  preferences?: Resolver<Maybe<Array<ResolversTypes['NotificationPreference']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StreamGapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamGap'] = ResolversParentTypes['StreamGap']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StreamGapReason'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StreamGapReasonResolvers = EnumResolverSignature<{ BROKER_RESTARTED?: any, CURSOR_EXPIRED?: any, SLOW_CLIENT?: any }, ResolversTypes['StreamGapReason']>;

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  notificationAdded?: SubscriptionResolver<ResolversTypes['NotificationUpdate'], "notificationAdded", ParentType, ContextType, Partial<SubscriptionnotificationAddedArgs>>;
};

export type TweetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tweet'] = ResolversParentTypes['Tweet']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface URLScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorCodeResolvers = EnumResolverSignature<{ BLANK?: any, BLOCKED?: any, DUPLICATE?: any, EXPIRED?: any, FORBIDDEN?: any, HELD_FOR_REVIEW?: any, INVALID?: any, INVALID_CREDENTIALS?: any, LIMIT_REACHED?: any, NOT_FOUND?: any, NOT_READY?: any, PROTECTED?: any, RESERVED?: any, SELF?: any, TAKEN?: any, TOO_LONG?: any, TOO_SHORT?: any, WEAK_PASSWORD?: any }, ResolversTypes['UserErrorCode']>;

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  MarkNotificationsReadPayload?: MarkNotificationsReadPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationAdded?: NotificationAddedResolvers<ContextType>;
  NotificationChannel?: NotificationChannelResolvers;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  NotificationKind?: NotificationKindResolvers;
  NotificationPreference?: NotificationPreferenceResolvers<ContextType>;
  NotificationUpdate?: NotificationUpdateResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterPushSubscriptionPayload?: RegisterPushSubscriptionPayloadResolvers<ContextType>;
  SetNotificationPreferencePayload?: SetNotificationPreferencePayloadResolvers<ContextType>;
  StreamGap?: StreamGapResolvers<ContextType>;
  StreamGapReason?: StreamGapReasonResolvers;
  Subscription?: SubscriptionResolvers<ContextType>;
  Tweet?: TweetResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
};

