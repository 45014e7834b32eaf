import { byForeignKey, byPrimaryKey, type Freshness, type HotLoader, hotLoader } from '@starling/platform/batching';
import DataLoader from 'dataloader';
import {
  getAccountIdsByUsernames,
  getPrivateAccountsByIds,
  type PrivateAccount,
  type PublicAccount,
} from './account-store.ts';
import { usernameKey } from './cache-keys.ts';
import { cachedLoader } from './cached-loader.ts';
import { getLiveSessionsByUserIds, type SessionRow } from './session-store.ts';
import { foldUsername } from './usernames.ts';
import type { UsersParts } from './users-parts.ts';

export interface Loaders {
  readonly accountById: HotLoader<PublicAccount>;
  /** Takes well-formed usernames in any case. */
  readonly accountByUsername: DataLoader<string, PublicAccount | null>;
  /** Straight from the database: what is private is in no shared cache. */
  readonly privateAccountById: DataLoader<string, PrivateAccount | null>;
  readonly liveSessionsByUserId: DataLoader<string, SessionRow[]>;
}

export function createLoaders(parts: UsersParts, freshness: Freshness): Loaders {
  const { database, entityCache: cache, accounts, now } = parts;
  const accountById = hotLoader(freshness, accounts);
  const idByUsername = cachedLoader<string>({
    cache,
    freshness,
    keyOf: usernameKey,
    read: async (names) => (await getAccountIdsByUsernames(database, names)).map(({ username, id }) => [username, id]),
  });
  return {
    accountById,
    accountByUsername: new DataLoader((usernames) =>
      Promise.all(
        usernames.map(async (username) => {
          const name = foldUsername(username);
          const id = await idByUsername.load(name);
          const account = id === null ? null : await accountById.load(id);
          // Between the two look-ups the account may have been renamed.
          return account && foldUsername(account.username) === name ? account : null;
        }),
      ),
    ),
    privateAccountById: byPrimaryKey(
      (ids) => getPrivateAccountsByIds(database, ids),
      ({ id }) => id,
    ),
    liveSessionsByUserId: byForeignKey(
      (userIds) => getLiveSessionsByUserIds(database, userIds, now()),
      ({ userId }) => userId,
    ),
  };
}
