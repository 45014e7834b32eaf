import { foldUsername } from './usernames.ts';

/** Holds a `PublicAccount`. */
export function accountKey(userId: string): string {
  return `users:account:${userId}`;
}

/** Holds the id of the account that has this username, in whatever case. */
export function usernameKey(username: string): string {
  return `users:username:${foldUsername(username)}`;
}
