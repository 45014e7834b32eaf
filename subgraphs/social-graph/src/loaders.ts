import { byPrimaryKey, type Freshness, hotLoader, type Loader, lazily, type Soon } from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import { getClosedAccountsByIds } from './account-copy-store.ts';
import type { Counts } from './count-store.ts';
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
import { relationKey } from './relation-reader.ts';
import type { Relation } from './relation-store.ts';
import { listSuggestions, type Suggestion } from './suggestion-store.ts';

/** A loader of pages of lists: as many statements for the lists of many accounts as for one's. */
function pages(list: ListEntries): Loader<AccountPage, PageKey> {
  return lazily(() => new DataLoader((keys) => getPages(list, keys), { cacheKeyFn: (key) => JSON.stringify(key) }));
}

export interface LoaderFreshness {
  /** Of the copy of which accounts are protected. */
  readonly copies: Freshness;
  /** Of that and then, since to keep it may make follows, of the counts and of what is remembered of them and of relations. */
  readonly follows: Freshness;
}

export interface Readers {
  readonly relationReader: HotReader<Relation>;
  readonly countReader: HotReader<Counts>;
}

/** Lists are read where they are written and need no waiting; what consumers keep, and what is remembered, waits for them. */
export function createLoaders(
  database: Database,
  { relationReader, countReader }: Readers,
  viewerId: string | null,
  { copies, follows }: LoaderFreshness,
) {
  const relations = hotLoader(follows, relationReader);
  return {
    /** The viewer's relation with accounts; signed out there is none. */
    relationWithUser: {
      load: (userId: string): Soon<Relation | null> =>
        viewerId === null ? null : relations.load(relationKey({ viewerId, userId })),
    },
    countsByUserId: hotLoader(follows, countReader),
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
      await follows.ready();
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
