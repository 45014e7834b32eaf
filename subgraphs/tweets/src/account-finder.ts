import { sharedReads } from '@starling/platform/batching';
import type { Queryable } from '@starling/platform/postgres';
import { findAccountsByUsernames } from './account-copy-store.ts';
import type { CommandParts } from './commands.ts';

/** Finds who has which name, for all commands that ask at the same moment in one statement. */
export function accountFinder(database: Queryable): CommandParts['findAccounts'] {
  const find = sharedReads(
    (usernames) => findAccountsByUsernames(database, usernames),
    ({ username }) => username,
  );
  return async (usernames) => {
    const accounts = usernames.length === 0 ? [] : await find(usernames);
    return new Map(accounts.map(({ username, userId }) => [username, userId]));
  };
}
