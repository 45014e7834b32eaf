import type { AccountList } from './src/lists/account-list-store.ts';
import type { MutedKeyword } from './src/muted-keyword-store.ts';

export type ListMapper = AccountList;

export type MutedKeywordMapper = MutedKeyword;

/** An account is its id here: whatever else there is to know about it belongs to others. */
export interface UserMapper {
  readonly id: string;
}
