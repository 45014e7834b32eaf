import { byForeignKey, byPrimaryKey, type Freshness } from '@starling/platform/batching';
import type { Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import { type Facts, obstacle, type Surface } from '@starling/visibility';
import DataLoader from 'dataloader';
import type { CountReader } from './count-reader.ts';
import { getViewerStatesByTweetIds } from './engagement-store.ts';
import { type EntryPage, getPages, type PageKey } from './list-pages.ts';
import * as lists from './list-store.ts';
import { getPinsByUserIds } from './pin-store.ts';
import { popularFor } from './popular-store.ts';
import { getRelationsByUserIds } from './relation-store.ts';
import type { TweetReader } from './tweet-reader.ts';
import { listAncestors } from './tweet-store.ts';
import { factsOf, NO_RELATION, type Relation } from './visibility/relation.ts';

/** Of what leads from a conversation's root to a tweet in it, so many tweets are shown: the nearest. */
export const MAX_ANCESTORS = 100;

export interface LoaderParts {
  readonly database: Database;
  readonly reader: TweetReader;
  readonly countReader: CountReader;
  /** Of the copies of protection, follows, blocks, mutes and names, and of the cache of tweets. */
  readonly copies: Freshness;
  readonly counts: Freshness;
}

/** Likes, retweets, bookmarks and pins are read where they are written; copies, cache and counts wait for their consumers. */
export function createLoaders({ database, reader, countReader, copies, counts }: LoaderParts, viewer: Viewer | null) {
  const relations = byPrimaryKey(
    async (ids) => {
      await copies.ready();
      return getRelationsByUserIds(database, viewer?.userId ?? null, ids);
    },
    ({ userId }) => userId,
  );
  const relationByUserId = async (userId: string): Promise<Relation> =>
    viewer?.userId === userId ? NO_RELATION : ((await relations.load(userId)) ?? NO_RELATION);

  /** A quote says what it quotes, but only to those who may see that. */
  async function quotesMuted({ quotesMutedOf = null }: lists.Entry): Promise<boolean> {
    if (quotesMutedOf === null || quotesMutedOf === viewer?.userId) return false;
    return obstacle('lookUp', factsOf(await relationByUserId(quotesMutedOf))) === undefined;
  }

  async function factsAbout(entry: lists.Entry): Promise<Facts> {
    const { userId, isDeleted, saysMuted = false } = entry;
    const facts = { ...factsOf(await relationByUserId(userId)), isDeleted };
    if (userId === viewer?.userId) return facts;
    return { ...facts, saysMuted: saysMuted || (await quotesMuted(entry)) };
  }

  /** Pages of lists: as many statements for many lists as for one. */
  const pages = (
    surface: Surface,
    list: lists.ListEntries,
    ready: () => Promise<unknown> = () => copies.ready(),
  ): DataLoader<PageKey, EntryPage, string> =>
    new DataLoader(
      async (keys) => {
        await ready();
        const isShown = async (entry: lists.Entry) => obstacle(surface, await factsAbout(entry)) === undefined;
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
        return countReader.ofTweets(ids);
      },
      ({ tweetId }) => tweetId,
    ),
    countsByUserId: byPrimaryKey(
      async (ids) => {
        await counts.ready();
        return countReader.ofUsers(ids);
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
    answersPage: pages('answers', lists.answersFor(viewer?.userId ?? null), () =>
      Promise.all([copies.ready(), counts.ready()]),
    ),
    popularPage: pages('popular', popularFor(viewer?.userId ?? null), () =>
      Promise.all([copies.ready(), counts.ready()]),
    ),
    quotesPage: pages('list', lists.listQuotes),
    likesPage: pages('list', lists.listLikes),
    bookmarksPage: pages('list', lists.listBookmarks),
    likersPage: pages('engaged', lists.listLikers),
    retweetersPage: pages('engaged', lists.listRetweeters),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
