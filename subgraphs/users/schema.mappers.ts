import type { PublicAccount } from './src/account-store.ts';
import type { SessionRow } from './src/session-store.ts';

export type UserMapper = PublicAccount;

/** A tweet is known here by the kind in its id alone: whether it exists, its owner says. */
export interface TweetMapper {
  readonly nodeId: string;
}

/** A list likewise. */
export interface ListMapper {
  readonly nodeId: string;
}

/** A muted keyword likewise. */
export interface MutedKeywordMapper {
  readonly nodeId: string;
}

/** And a notification. */
export interface NotificationMapper {
  readonly nodeId: string;
}

export type SessionMapper = SessionRow;
