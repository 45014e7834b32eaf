import { byForeignKey, byPrimaryKey, type Freshness } from '@starling/platform/batching';
import type { Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import { getCountsByTweetIds, getCountsByUserIds } from './count-store.ts';
import { getViewerStatesByTweetIds } from './engagement-store.ts';
import { type EntryPage, getPages, type PageKey } from './list-pages.ts';
import * as lists from './list-store.ts';
import { getPinsByUserIds } from './pin-store.ts';
import { getRelationsByUserIds } from './relation-store.ts';
import type { TweetReader } from './tweet-reader.ts';
import { listAncestors } from './tweet-store.ts';
import { NO_RELATION, obstacle, type Place, type Relation } from './visibility/rules.ts';

/** Of what leads from a conversation's root to a tweet in it, so many tweets are shown: the nearest. */
export const MAX_ANCESTORS = 100;

export interface LoaderParts {
  readonly database: Database;
  readonly reader: TweetReader;
  /** Of the copies of protection, follows, blocks, mutes and names, and of the cache of tweets. */
  readonly copies: Freshness;
  readonly counts: Freshness;
}

/** Likes, retweets, bookmarks and pins are read where they are written; copies, cache and counts wait for their consumers. */
export function createLoaders({ database, reader, copies, counts }: LoaderParts, viewer: Viewer | null) {
  const relations = byPrimaryKey(
    async (ids) => {
      await copies.ready();
      return getRelationsByUserIds(database, viewer?.userId ?? null, ids);
    },
    ({ userId }) => userId,
  );
  const relationByUserId = async (userId: string): Promise<Relation> =>
    viewer?.userId === userId ? NO_RELATION : ((await relations.load(userId)) ?? NO_RELATION);

  /** Pages of lists: as many statements for many lists as for one. */
  const pages = (place: Place, list: lists.ListEntries, freshness = copies): DataLoader<PageKey, EntryPage, string> =>
    new DataLoader(
      async (keys) => {
        await freshness.ready();
        const isShown = async ({ userId, isDeleted }: lists.Entry) =>
          !isDeleted && obstacle(place, await relationByUserId(userId)) === undefined;
        return getPages((...part) => list(database, ...part), isShown, keys);
      },
      { cacheKeyFn: (key) => JSON.stringify(key) },
    );

  return {
    relationByUserId,
    tweetRowById: new DataLoader(async (ids: readonly string[]) => {
      await copies.ready();
      return reader.read(ids);
    }),
    countsByTweetId: byPrimaryKey(
      async (ids) => {
        await counts.ready();
        return getCountsByTweetIds(database, ids);
      },
      ({ tweetId }) => tweetId,
    ),
    countsByUserId: byPrimaryKey(
      async (ids) => {
        await counts.ready();
        return getCountsByUserIds(database, ids);
      },
      ({ userId }) => userId,
    ),
    viewerStateByTweetId: byPrimaryKey(
      async (ids) => (viewer ? getViewerStatesByTweetIds(database, viewer.userId, ids) : []),
      ({ tweetId }) => tweetId,
    ),
    pinByUserId: byPrimaryKey(
      (ids) => getPinsByUserIds(database, ids),
      ({ userId }) => userId,
    ),
    ancestorsByTweetId: byForeignKey(
      (ids) => listAncestors(database, ids, MAX_ANCESTORS),
      ({ focusId }) => focusId,
    ),
    answersPage: pages('answers', lists.listAnswers, counts),
    quotesPage: pages('list', lists.listQuotes),
    likesPage: pages('list', lists.listLikes),
    bookmarksPage: pages('list', lists.listBookmarks),
    likersPage: pages('people', lists.listLikers),
    retweetersPage: pages('people', lists.listRetweeters),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
