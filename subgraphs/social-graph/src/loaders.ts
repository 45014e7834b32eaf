import { byPrimaryKey, type Freshness } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import { getCountsByUserIds } from './count-store.ts';
import { type AccountPage, getPages, type PageKey } from './list-pages.ts';
import {
  type ListEntries,
  listBlockedUsers,
  listFollowers,
  listFollowersYouKnow,
  listFollowing,
  listMutedUsers,
} from './list-store.ts';
import { getRelationsByUserIds, type Relation } from './relation-store.ts';

/** A loader of pages of lists: as many statements for the lists of many accounts as for one's. */
function pages(list: ListEntries): DataLoader<PageKey, AccountPage, string> {
  return new DataLoader((keys) => getPages(list, keys), { cacheKeyFn: (key) => JSON.stringify(key) });
}

/** The viewer's relation with accounts; without a viewer there is none. */
function relations(database: Database, viewerId: string | null): DataLoader<string, Relation | null> {
  return byPrimaryKey(
    async (ids) => (viewerId === null ? [] : getRelationsByUserIds(database, viewerId, ids)),
    ({ userId }) => userId,
  );
}

/** Follows, blocks and mutes are read where they are written and need no waiting; counts wait for their consumer. */
export function createLoaders(database: Database, viewerId: string | null, countsFreshness: Freshness) {
  return {
    relationWithUser: relations(database, viewerId),
    countsByUserId: byPrimaryKey(
      async (ids) => {
        await countsFreshness.ready();
        return getCountsByUserIds(database, ids);
      },
      ({ userId }) => userId,
    ),
    followersPage: pages(listFollowers(database, viewerId)),
    followingPage: pages(listFollowing(database, viewerId)),
    followersYouKnowPage: pages(listFollowersYouKnow(database, viewerId)),
    blockedUsersPage: pages(listBlockedUsers(database, viewerId)),
    mutedUsersPage: pages(listMutedUsers(database, viewerId)),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
