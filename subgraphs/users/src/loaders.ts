import {
  after,
  byForeignKey,
  byPrimaryKey,
  type Freshness,
  type HotLoader,
  hotLoader,
  type Loader,
} from '@starling/platform/batching';
import { getPrivateAccountsByIds, type PrivateAccount, type PublicAccount } from './account-store.ts';
import { getLiveSessionsByUserIds, type SessionRow } from './session-store.ts';
import { foldUsername } from './usernames.ts';
import type { UsersParts } from './users-parts.ts';

export interface Loaders {
  readonly accountById: HotLoader<PublicAccount>;
  /** Takes well-formed usernames in any case. */
  readonly accountByUsername: HotLoader<PublicAccount>;
  /** Straight from the database: what is private is in no shared cache. */
  readonly privateAccountById: Loader<PrivateAccount | null>;
  readonly liveSessionsByUserId: Loader<SessionRow[]>;
}

export function createLoaders(parts: UsersParts, freshness: Freshness): Loaders {
  const { database, accounts, names, now } = parts;
  const accountById = hotLoader(freshness, accounts);
  const byName = hotLoader(freshness, names);
  return {
    accountById,
    accountByUsername: {
      load(username) {
        const name = foldUsername(username);
        return after(byName.load(name), (named) => {
          if (!named) return null;
          // Between the two look-ups the account may have been renamed.
          return after(accountById.load(named.id), (account) =>
            account && foldUsername(account.username) === name ? account : null,
          );
        });
      },
    },
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
