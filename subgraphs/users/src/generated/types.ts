import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ListMapper, MutedKeywordMapper, NotificationMapper, SessionMapper, TweetMapper, UserMapper } from './../../schema.mappers.ts';
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

/** The private part of an account. */
export type Account = {
  __typename?: 'Account';
  /** The email address, in lower case, at most 254 characters. */
  email: Scalars['String']['output'];
  /** Whether somebody who reads mails at the address has confirmed it (`confirmEmail`): until then, and again when it changes, no digests go there. */
  isEmailConfirmed: Scalars['Boolean']['output'];
  /** What the account may do. */
  role: Role;
};

/** A new email address. */
export type ChangeEmailInput = {
  /** The password; `INVALID_CREDENTIALS` when it is wrong. */
  currentPassword: Scalars['String']['input'];
  /** An email address of at most 254 characters that no other account has; kept in lower case. */
  email: Scalars['String']['input'];
};

/** What came of `changeEmail`. */
export type ChangeEmailPayload = {
  __typename?: 'ChangeEmailPayload';
  /** The viewer with the new address; null when it was refused. */
  user?: Maybe<User>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** The old password and the new one. */
export type ChangePasswordInput = {
  /** The password so far; `INVALID_CREDENTIALS` when it is wrong. */
  currentPassword: Scalars['String']['input'];
  /** 8 to 256 characters; not an often used one, and not the username or the email address. */
  newPassword: Scalars['String']['input'];
};

/** What came of `changePassword`. */
export type ChangePasswordPayload = {
  __typename?: 'ChangePasswordPayload';
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** A new username. */
export type ChangeUsernameInput = {
  /** 1 to 15 letters, digits and underscores; not one that is taken, whatever the case of its letters, or reserved. */
  username: Scalars['String']['input'];
};

/** What came of `changeUsername`. */
export type ChangeUsernamePayload = {
  __typename?: 'ChangeUsernamePayload';
  /** The viewer with the new username; null when it was refused. */
  user?: Maybe<User>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** A link that was sent to an address, to confirm it. */
export type ConfirmEmailInput = {
  /** The link's `token`; `INVALID` when it is not whole, `EXPIRED` when it was used, is too old, or of an address that the account has no longer. */
  token: Scalars['String']['input'];
};

/** What came of `confirmEmail`. */
export type ConfirmEmailPayload = {
  __typename?: 'ConfirmEmailPayload';
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/**
 * A list of accounts that somebody has made, to read what they write apart from the home. A private one is its owner's alone; of
 * a protected account's lists its followers see the others.
 */
export type List = Node & {
  __typename?: 'List';
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** The same Snowflake, for references whose list has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
};

/** Whose session, and the proof. */
export type LogInInput = {
  /** What to call this device in the list of sessions: at most 100 characters in one line; `Unknown device` when absent or empty. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** The username or the email address, without regard to case. */
  login: Scalars['String']['input'];
  /** The password. */
  password: Scalars['String']['input'];
};

/** What came of `logIn`. */
export type LogInPayload = {
  __typename?: 'LogInPayload';
  /** The new session's tokens; null when it was refused. */
  tokens?: Maybe<SessionTokens>;
  /** Who is logged in now; null when it was refused. */
  user?: Maybe<User>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** Which session ends. */
export type LogOutInput = {
  /** A refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** What came of `logOut`. */
export type LogOutPayload = {
  __typename?: 'LogOutPayload';
  /** Always empty so far. */
  userErrors: Array<UserError>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Changes the viewer's email address, which is then to be confirmed: a link goes there, unless five mails did within 24 hours. `UNAUTHENTICATED` when signed out. */
  changeEmail: ChangeEmailPayload;
  /** Changes the viewer's password and ends all of the viewer's other sessions. `UNAUTHENTICATED` when signed out. */
  changePassword: ChangePasswordPayload;
  /** Changes the viewer's username. The old one is free for anybody from then on. `UNAUTHENTICATED` when signed out. */
  changeUsername: ChangeUsernamePayload;
  /** Confirms an email address, for whoever holds the link that was sent there. Needs no account. */
  confirmEmail: ConfirmEmailPayload;
  /**
   * Logs in: a new session on this device. An unknown name and a wrong password get the same answer, `INVALID_CREDENTIALS`,
   * after the same time. An account has at most 50 live sessions: a further one ends the least recently used.
   */
  logIn: LogInPayload;
  /** Ends the session of a refresh token. Succeeds, too, when that session is over or the token is unknown. */
  logOut: LogOutPayload;
  /**
   * Exchanges a refresh token for new tokens of the same session. Each refresh token works once. A token that is unknown or
   * out of date is `EXPIRED`; so is one that was spent before, and that also ends its session, because two parties hold it.
   */
  refreshSession: RefreshSessionPayload;
  /** Opens an account and logs in to it. */
  register: RegisterPayload;
  /** Sends another link to the viewer's email address, good for 24 hours; nothing, when it is confirmed already. One goes out by itself when an account is registered and when its address changes. `LIMIT_REACHED` after five within 24 hours; `UNAUTHENTICATED` when signed out. */
  requestEmailConfirmation: RequestEmailConfirmationPayload;
  /** Ends one of the viewer's own sessions; a session of somebody else is `NOT_FOUND`. `UNAUTHENTICATED` when signed out. */
  revokeSession: RevokeSessionPayload;
  /** Ends digests by email to the account that a link in one of them belongs to, for whoever holds the link. Doing it again changes nothing; `setNotificationPreference` begins them anew. */
  stopDigests: StopDigestsPayload;
  /** Changes the given parts of the viewer's profile and leaves the others. `UNAUTHENTICATED` when signed out. */
  updateProfile: UpdateProfilePayload;
};


export type MutationchangeEmailArgs = {
  input: ChangeEmailInput;
};


export type MutationchangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationchangeUsernameArgs = {
  input: ChangeUsernameInput;
};


export type MutationconfirmEmailArgs = {
  input: ConfirmEmailInput;
};


export type MutationlogInArgs = {
  input: LogInInput;
};


export type MutationlogOutArgs = {
  input: LogOutInput;
};


export type MutationrefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationregisterArgs = {
  input: RegisterInput;
};


export type MutationrevokeSessionArgs = {
  input: RevokeSessionInput;
};


export type MutationstopDigestsArgs = {
  input: StopDigestsInput;
};


export type MutationupdateProfileArgs = {
  input: UpdateProfileInput;
};

/** A phrase that the viewer does not want to read. Nobody else sees it. */
export type MutedKeyword = Node & {
  __typename?: 'MutedKeyword';
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** The same Snowflake, for references whose keyword has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
};

/** Anything with an identity of its own. `node(id:)` finds it again. */
export type Node = {
  /** A decimal Snowflake, unique over all types; it carries the kind of thing and the time of its creation. */
  id: Scalars['ID']['output'];
};

/** What somebody did that concerns the viewer. Nobody else sees it. */
export type Notification = Node & {
  __typename?: 'Notification';
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** The same Snowflake, for references whose notification has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
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
  /** The thing with this id, of whatever type; null when there is none, or when the viewer may not see it. */
  node?: Maybe<Node>;
  /** The things with these ids, in the order asked for, with null in the place of what there is not or the viewer may not see. */
  nodes: Array<Maybe<Node>>;
  /** The viewer's own live sessions, the most recently used first: at most 50. `UNAUTHENTICATED` when signed out. */
  sessions?: Maybe<Array<Session>>;
  /** The account with this id; null when there is none. */
  user?: Maybe<User>;
  /** The account that has this username now, without regard to case; null when there is none. */
  userByUsername?: Maybe<User>;
  /** Who is logged in; null when signed out. */
  viewer?: Maybe<User>;
};


export type QuerynodeArgs = {
  id: Scalars['ID']['input'];
};


export type QuerynodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryuserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryuserByUsernameArgs = {
  username: Scalars['String']['input'];
};

/** A refresh token to exchange. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** What came of `refreshSession`. */
export type RefreshSessionPayload = {
  __typename?: 'RefreshSessionPayload';
  /** The new tokens; null when the old one was refused. */
  tokens?: Maybe<SessionTokens>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** A new account. */
export type RegisterInput = {
  /** What to call this device in the list of sessions: at most 100 characters in one line; `Unknown device` when absent or empty. */
  device?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 50 characters in one line; the username when absent. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** An email address of at most 254 characters that no other account has; kept in lower case. */
  email: Scalars['String']['input'];
  /** 8 to 256 characters; not an often used one, and not the username or the email address. */
  password: Scalars['String']['input'];
  /** 1 to 15 letters, digits and underscores; not one that is taken, whatever the case of its letters, or reserved. */
  username: Scalars['String']['input'];
};

/** What came of `register`. */
export type RegisterPayload = {
  __typename?: 'RegisterPayload';
  /** The first session's tokens; null when it was refused. */
  tokens?: Maybe<SessionTokens>;
  /** The new account; null when it was refused. */
  user?: Maybe<User>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** What came of `requestEmailConfirmation`. */
export type RequestEmailConfirmationPayload = {
  __typename?: 'RequestEmailConfirmationPayload';
  /** The viewer; null when it was refused. */
  user?: Maybe<User>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** Which session ends. */
export type RevokeSessionInput = {
  /** The session's id, as `sessions` tells it. */
  sessionId: Scalars['ID']['input'];
};

/** What came of `revokeSession`. */
export type RevokeSessionPayload = {
  __typename?: 'RevokeSessionPayload';
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** What an account may do. */
export type Role =
  /** Everything. */
  | 'ADMIN'
  /** Also moderate what others write. */
  | 'MODERATOR'
  /** What everybody may do. */
  | 'USER';

/** A device that is logged in. */
export type Session = {
  __typename?: 'Session';
  /** When it logged in. */
  createdAt: Scalars['DateTime']['output'];
  /** What the device called itself when it logged in. */
  device: Scalars['String']['output'];
  /** When it ends unless it exchanges its refresh token before: 30 days after `lastUsedAt`. */
  expiresAt: Scalars['DateTime']['output'];
  /** A decimal Snowflake. */
  id: Scalars['ID']['output'];
  /** True for the session that asks. */
  isCurrent: Scalars['Boolean']['output'];
  /** When it logged in or last exchanged its refresh token. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** What a client holds to act as the person. */
export type SessionTokens = {
  __typename?: 'SessionTokens';
  /** A signed JWT for `Authorization: Bearer`, verifiable with the published key set. */
  accessToken: Scalars['String']['output'];
  /** 10 minutes after it was made. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** 43 characters that mean nothing. Good for one `refreshSession`, which answers the next one. */
  refreshToken: Scalars['String']['output'];
  /** 30 days after it was made. */
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
};

/** A link in a digest. */
export type StopDigestsInput = {
  /** The link's `token`; `INVALID` when it is not whole. */
  token: Scalars['String']['input'];
};

/** What came of `stopDigests`. */
export type StopDigestsPayload = {
  __typename?: 'StopDigestsPayload';
  /** Why it was refused. */
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

/** A short text of an account. What the viewer may not see does not exist for them: look-ups are null, lists leave it out. */
export type Tweet = Node & {
  __typename?: 'Tweet';
  /** The tweet's Snowflake. */
  id: Scalars['ID']['output'];
  /** The same Snowflake, for references whose tweet has yet to be looked up. */
  nodeId: Scalars['ID']['output'];
};

/** What to change of the profile. What is absent stays as it is. */
export type UpdateProfileInput = {
  /** At most 160 characters, line feeds allowed; null or an empty text takes it away. */
  bio?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 50 characters in one line. It cannot be taken away: null leaves it as it is. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /**
   * With `true`, only followers read what the account writes from now on, and following it needs its approval; who follows
   * already goes on. With `false`, everybody reads it, and the requests that wait become follows moments later. Null leaves
   * it as it is.
   */
  isProtected?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 30 characters in one line; null or an empty text takes it away. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** An address of at most 100 characters without name and password in it; null takes it away. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

/** What came of `updateProfile`. */
export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  /** The viewer with the new profile; null when it was refused. */
  user?: Maybe<User>;
  /** Why it was refused. */
  userErrors: Array<UserError>;
};

/** An account as everybody sees it. */
export type User = Node & {
  __typename?: 'User';
  /** What only the person may see of the account; null for everybody else. */
  account?: Maybe<Account>;
  /** At most 160 characters, line feeds among them; null when there is none. */
  bio?: Maybe<Scalars['String']['output']>;
  /** When the account was opened. */
  createdAt: Scalars['DateTime']['output'];
  /** 1 to 50 characters (Unicode code points). */
  displayName: Scalars['String']['output'];
  /** A decimal Snowflake. It stays the same when the username changes. */
  id: Scalars['ID']['output'];
  /** True when only the account's followers, whom it has approved, may read its tweets and see whom it follows, who follows it and what it likes. */
  isProtected: Scalars['Boolean']['output'];
  /** True when the service vouches for who this is. */
  isVerified: Scalars['Boolean']['output'];
  /** A place in the person's own words, at most 30 characters; null when there is none. */
  location?: Maybe<Scalars['String']['output']>;
  /** 1 to 15 letters, digits and underscores, unique without regard to case. It can change. */
  username: Scalars['String']['output'];
  /** The person's own page, at most 100 characters; null when there is none. */
  website?: Maybe<Scalars['URL']['output']>;
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
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ListMapper & { __typename: 'List' } )
    | ( MutedKeywordMapper & { __typename: 'MutedKeyword' } )
    | ( NotificationMapper & { __typename: 'Notification' } )
    | ( TweetMapper & { __typename: 'Tweet' } )
    | ( UserMapper & { __typename: 'User' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Account: ResolverTypeWrapper<Omit<Account, 'role'> & { role: ResolversTypes['Role'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ChangeEmailInput: ChangeEmailInput;
  ChangeEmailPayload: ResolverTypeWrapper<Omit<ChangeEmailPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordPayload: ResolverTypeWrapper<Omit<ChangePasswordPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  ChangeUsernameInput: ChangeUsernameInput;
  ChangeUsernamePayload: ResolverTypeWrapper<Omit<ChangeUsernamePayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ConfirmEmailInput: ConfirmEmailInput;
  ConfirmEmailPayload: ResolverTypeWrapper<Omit<ConfirmEmailPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  List: ResolverTypeWrapper<ListMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  LogInInput: LogInInput;
  LogInPayload: ResolverTypeWrapper<Omit<LogInPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  LogOutInput: LogOutInput;
  LogOutPayload: ResolverTypeWrapper<Omit<LogOutPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MutedKeyword: ResolverTypeWrapper<MutedKeywordMapper>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Notification: ResolverTypeWrapper<NotificationMapper>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionPayload: ResolverTypeWrapper<Omit<RefreshSessionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  RegisterInput: RegisterInput;
  RegisterPayload: ResolverTypeWrapper<Omit<RegisterPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RequestEmailConfirmationPayload: ResolverTypeWrapper<Omit<RequestEmailConfirmationPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionPayload: ResolverTypeWrapper<Omit<RevokeSessionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Role: ResolverTypeWrapper<'USER' | 'MODERATOR' | 'ADMIN'>;
  Session: ResolverTypeWrapper<SessionMapper>;
  SessionTokens: ResolverTypeWrapper<SessionTokens>;
  StopDigestsInput: StopDigestsInput;
  StopDigestsPayload: ResolverTypeWrapper<Omit<StopDigestsPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  StreamGap: ResolverTypeWrapper<Omit<StreamGap, 'reason'> & { reason: ResolversTypes['StreamGapReason'] }>;
  StreamGapReason: ResolverTypeWrapper<'CURSOR_EXPIRED' | 'SLOW_CLIENT' | 'BROKER_RESTARTED'>;
  Tweet: ResolverTypeWrapper<TweetMapper>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: ResolverTypeWrapper<Omit<UpdateProfilePayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  User: ResolverTypeWrapper<UserMapper>;
  UserError: ResolverTypeWrapper<Omit<UserError, 'code'> & { code: ResolversTypes['UserErrorCode'] }>;
  UserErrorCode: ResolverTypeWrapper<'BLANK' | 'TOO_LONG' | 'TOO_SHORT' | 'INVALID' | 'TAKEN' | 'RESERVED' | 'NOT_FOUND' | 'FORBIDDEN' | 'BLOCKED' | 'PROTECTED' | 'SELF' | 'LIMIT_REACHED' | 'INVALID_CREDENTIALS' | 'EXPIRED' | 'DUPLICATE' | 'HELD_FOR_REVIEW' | 'WEAK_PASSWORD' | 'NOT_READY'>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: Account;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  ChangeEmailInput: ChangeEmailInput;
  ChangeEmailPayload: Omit<ChangeEmailPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordPayload: Omit<ChangePasswordPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  ChangeUsernameInput: ChangeUsernameInput;
  ChangeUsernamePayload: Omit<ChangeUsernamePayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ConfirmEmailInput: ConfirmEmailInput;
  ConfirmEmailPayload: Omit<ConfirmEmailPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  DateTime: Scalars['DateTime']['output'];
  List: ListMapper;
  ID: Scalars['ID']['output'];
  LogInInput: LogInInput;
  LogInPayload: Omit<LogInPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  LogOutInput: LogOutInput;
  LogOutPayload: Omit<LogOutPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Mutation: Record<PropertyKey, never>;
  MutedKeyword: MutedKeywordMapper;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Notification: NotificationMapper;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionPayload: Omit<RefreshSessionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  RegisterInput: RegisterInput;
  RegisterPayload: Omit<RegisterPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  RequestEmailConfirmationPayload: Omit<RequestEmailConfirmationPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionPayload: Omit<RevokeSessionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Session: SessionMapper;
  SessionTokens: SessionTokens;
  StopDigestsInput: StopDigestsInput;
  StopDigestsPayload: Omit<StopDigestsPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  StreamGap: StreamGap;
  Tweet: TweetMapper;
  URL: Scalars['URL']['output'];
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: Omit<UpdateProfilePayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  User: UserMapper;
  UserError: UserError;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isEmailConfirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type ChangeEmailPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeEmailPayload'] = ResolversParentTypes['ChangeEmailPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangePasswordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangeUsernamePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeUsernamePayload'] = ResolversParentTypes['ChangeUsernamePayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConfirmEmailPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmEmailPayload'] = ResolversParentTypes['ConfirmEmailPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type ListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['List'] = ResolversParentTypes['List']> = {
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LogInPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogInPayload'] = ResolversParentTypes['LogInPayload']> = {
  tokens?: Resolver<Maybe<ResolversTypes['SessionTokens']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LogOutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogOutPayload'] = ResolversParentTypes['LogOutPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changeEmail?: Resolver<ResolversTypes['ChangeEmailPayload'], ParentType, ContextType, RequireFields<MutationchangeEmailArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['ChangePasswordPayload'], ParentType, ContextType, RequireFields<MutationchangePasswordArgs, 'input'>>;
  changeUsername?: Resolver<ResolversTypes['ChangeUsernamePayload'], ParentType, ContextType, RequireFields<MutationchangeUsernameArgs, 'input'>>;
  confirmEmail?: Resolver<ResolversTypes['ConfirmEmailPayload'], ParentType, ContextType, RequireFields<MutationconfirmEmailArgs, 'input'>>;
  logIn?: Resolver<ResolversTypes['LogInPayload'], ParentType, ContextType, RequireFields<MutationlogInArgs, 'input'>>;
  logOut?: Resolver<ResolversTypes['LogOutPayload'], ParentType, ContextType, RequireFields<MutationlogOutArgs, 'input'>>;
  refreshSession?: Resolver<ResolversTypes['RefreshSessionPayload'], ParentType, ContextType, RequireFields<MutationrefreshSessionArgs, 'input'>>;
  register?: Resolver<ResolversTypes['RegisterPayload'], ParentType, ContextType, RequireFields<MutationregisterArgs, 'input'>>;
  requestEmailConfirmation?: Resolver<ResolversTypes['RequestEmailConfirmationPayload'], ParentType, ContextType>;
  revokeSession?: Resolver<ResolversTypes['RevokeSessionPayload'], ParentType, ContextType, RequireFields<MutationrevokeSessionArgs, 'input'>>;
  stopDigests?: Resolver<ResolversTypes['StopDigestsPayload'], ParentType, ContextType, RequireFields<MutationstopDigestsArgs, 'input'>>;
  updateProfile?: Resolver<ResolversTypes['UpdateProfilePayload'], ParentType, ContextType, RequireFields<MutationupdateProfileArgs, 'input'>>;
};

export type MutedKeywordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MutedKeyword'] = ResolversParentTypes['MutedKeyword']> = {
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'List' | 'MutedKeyword' | 'Notification' | 'Tweet' | 'User', ParentType, ContextType>;
};

export type NotificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification']> = {
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QuerynodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QuerynodesArgs, 'ids'>>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['Session']>>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryuserArgs, 'id'>>;
  userByUsername?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryuserByUsernameArgs, 'username'>>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type RefreshSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefreshSessionPayload'] = ResolversParentTypes['RefreshSessionPayload']> = {
  tokens?: Resolver<Maybe<ResolversTypes['SessionTokens']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RegisterPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterPayload'] = ResolversParentTypes['RegisterPayload']> = {
  tokens?: Resolver<Maybe<ResolversTypes['SessionTokens']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RequestEmailConfirmationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestEmailConfirmationPayload'] = ResolversParentTypes['RequestEmailConfirmationPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeSessionPayload'] = ResolversParentTypes['RevokeSessionPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RoleResolvers = EnumResolverSignature<{ ADMIN?: any, MODERATOR?: any, USER?: any }, ResolversTypes['Role']>;

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SessionTokensResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SessionTokens'] = ResolversParentTypes['SessionTokens']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StopDigestsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StopDigestsPayload'] = ResolversParentTypes['StopDigestsPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StreamGapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StreamGap'] = ResolversParentTypes['StreamGap']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StreamGapReason'], ParentType, ContextType>;
};

export type StreamGapReasonResolvers = EnumResolverSignature<{ BROKER_RESTARTED?: any, CURSOR_EXPIRED?: any, SLOW_CLIENT?: any }, ResolversTypes['StreamGapReason']>;

export type TweetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tweet'] = ResolversParentTypes['Tweet']> = {
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface URLScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UpdateProfilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  bio?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isProtected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isVerified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  website?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorCodeResolvers = EnumResolverSignature<{ BLANK?: any, BLOCKED?: any, DUPLICATE?: any, EXPIRED?: any, FORBIDDEN?: any, HELD_FOR_REVIEW?: any, INVALID?: any, INVALID_CREDENTIALS?: any, LIMIT_REACHED?: any, NOT_FOUND?: any, NOT_READY?: any, PROTECTED?: any, RESERVED?: any, SELF?: any, TAKEN?: any, TOO_LONG?: any, TOO_SHORT?: any, WEAK_PASSWORD?: any }, ResolversTypes['UserErrorCode']>;

export type Resolvers<ContextType = Context> = {
  Account?: AccountResolvers<ContextType>;
  ChangeEmailPayload?: ChangeEmailPayloadResolvers<ContextType>;
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  ChangeUsernamePayload?: ChangeUsernamePayloadResolvers<ContextType>;
  ConfirmEmailPayload?: ConfirmEmailPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  List?: ListResolvers<ContextType>;
  LogInPayload?: LogInPayloadResolvers<ContextType>;
  LogOutPayload?: LogOutPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MutedKeyword?: MutedKeywordResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefreshSessionPayload?: RefreshSessionPayloadResolvers<ContextType>;
  RegisterPayload?: RegisterPayloadResolvers<ContextType>;
  RequestEmailConfirmationPayload?: RequestEmailConfirmationPayloadResolvers<ContextType>;
  RevokeSessionPayload?: RevokeSessionPayloadResolvers<ContextType>;
  Role?: RoleResolvers;
  Session?: SessionResolvers<ContextType>;
  SessionTokens?: SessionTokensResolvers<ContextType>;
  StopDigestsPayload?: StopDigestsPayloadResolvers<ContextType>;
  StreamGap?: StreamGapResolvers<ContextType>;
  StreamGapReason?: StreamGapReasonResolvers;
  Tweet?: TweetResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UpdateProfilePayload?: UpdateProfilePayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
};

