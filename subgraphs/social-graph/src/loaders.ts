import { byPrimaryKey, type Freshness } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import { getClosedAccountsByIds } from './account-copy-store.ts';
import { getCountsByUserIds } from './count-store.ts';
import { type AccountPage, getPages, type PageKey } from './list-pages.ts';
import {
  type ListEntries,
  listBlockedUsers,
  listFollowers,
  listFollowersYouKnow,
  listFollowing,
  listFollowRequests,
  listListsOf,
  listMembersOfList,
  listMutedUsers,
} from './list-store.ts';
import { getShownListsByIds } from './lists/account-list-store.ts';
import { getMutedKeywordsByIds } from './muted-keyword-store.ts';
import { getRelationsByUserIds, type Relation } from './relation-store.ts';
import { listSuggestions, type Suggestion } from './suggestion-store.ts';

/** A loader of pages of lists: as many statements for the lists of many accounts as for one's. */
function pages(list: ListEntries): DataLoader<PageKey, AccountPage, string> {
  return new DataLoader((keys) => getPages(list, keys), { cacheKeyFn: (key) => JSON.stringify(key) });
}

/** The viewer's relation with accounts; without a viewer there is none. */
function relations(
  database: Database,
  viewerId: string | null,
  copies: Freshness,
): DataLoader<string, Relation | null> {
  return byPrimaryKey(
    async (ids) => {
      if (viewerId === null) return [];
      // An account that is protected no longer has approved all requests.
      await copies.ready();
      return getRelationsByUserIds(database, viewerId, ids);
    },
    ({ userId }) => userId,
  );
}

export interface LoaderFreshness {
  /** Of the copy of which accounts are protected. */
  readonly copies: Freshness;
  readonly counts: Freshness;
}

/** Follows, blocks and mutes are read where they are written and need no waiting; what consumers keep waits for them. */
export function createLoaders(database: Database, viewerId: string | null, { copies, counts }: LoaderFreshness) {
  return {
    relationWithUser: relations(database, viewerId, copies),
    countsByUserId: byPrimaryKey(
      async (ids) => {
        // The follows that an account approves by being protected no longer are made by the keeper of the copies.
        await copies.ready();
        await counts.ready();
        return getCountsByUserIds(database, ids);
      },
      ({ userId }) => userId,
    ),
    /** The account when its lists are closed to the viewer, or null. */
    closedAccountById: byPrimaryKey(
      async (ids) => {
        await copies.ready();
        return getClosedAccountsByIds(database, viewerId, ids);
      },
      ({ id }) => id,
    ),
    mutedKeywordById: byPrimaryKey(
      async (ids) => (viewerId === null ? [] : getMutedKeywordsByIds(database, viewerId, ids)),
      ({ id }) => id,
    ),
    /** Nothing when signed out. */
    async suggestions(after: Suggestion | undefined, limit: number): Promise<Suggestion[]> {
      if (viewerId === null) return [];
      await copies.ready();
      await counts.ready();
      return listSuggestions(database, viewerId, after, limit);
    },
    followersPage: pages(listFollowers(database, viewerId)),
    followingPage: pages(listFollowing(database, viewerId)),
    followersYouKnowPage: pages(listFollowersYouKnow(database, viewerId)),
    blockedUsersPage: pages(listBlockedUsers(database, viewerId)),
    followRequestsPage: pages(listFollowRequests(database, viewerId)),
    mutedUsersPage: pages(listMutedUsers(database, viewerId)),
    /** The list when the viewer may see it, or null. */
    listById: byPrimaryKey(
      async (ids) => {
        // Whether the owner is protected, and whom it has approved by being protected no longer.
        await copies.ready();
        return getShownListsByIds(database, viewerId, ids);
      },
      ({ id }) => id,
    ),
    listsPage: pages(listListsOf(database, viewerId)),
    listMembersPage: pages(listMembersOfList(database, viewerId)),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
