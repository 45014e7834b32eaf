import { byForeignKey, byPrimaryKey, type Freshness, hotLoader, type Soon } from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import { obstacle, type Surface } from '@starling/visibility';
import DataLoader from 'dataloader';
import type { CountReader } from './count-reader.ts';
import { viewersTweetKey } from './engagement-reader.ts';
import type { ViewerState } from './engagement-store.ts';
import { type EntryPage, getPages, type PageKey } from './list-pages.ts';
import * as lists from './list-store.ts';
import { getPinsByUserIds } from './pin-store.ts';
import { popularFor } from './popular-store.ts';
import type { RelationReader } from './relation-reader.ts';
import type { TweetReader } from './tweet-reader.ts';
import { listAncestors } from './tweet-store.ts';
import { getViewCountsByTweetIds } from './view-store.ts';
import { entryFacts } from './visibility/entry-facts.ts';
import { NO_RELATION, type Relation } from './visibility/relation.ts';

/** Of what leads from a conversation's root to a tweet in it, so many tweets are shown: the nearest. */
export const MAX_ANCESTORS = 100;

export interface LoaderParts {
  readonly database: Database;
  readonly reader: TweetReader;
  readonly countReader: CountReader;
  readonly engagementReader: HotReader<ViewerState>;
  readonly relationReader: RelationReader;
  /** Of the copies of protection, follows, blocks, mutes and names, and of the cache of tweets. */
  readonly copies: Freshness;
  /** Of what is remembered of counts, and of what viewers did. */
  readonly counts: Freshness;
}

/** Pins are read where they are written; copies, counts and what is remembered wait for their consumers. */
export function createLoaders(
  { database, reader, countReader, engagementReader, relationReader, copies, counts }: LoaderParts,
  viewer: Viewer | null,
) {
  const viewerId = viewer?.userId ?? null;
  const relations = new DataLoader<string, Relation>(async (ids) => {
    await copies.ready();
    return relationReader.read(viewerId, ids);
  });
  function relationByUserId(userId: string): Soon<Relation> {
    if (viewerId === userId) return NO_RELATION;
    return (copies.isReady() ? relationReader.peek(viewerId, userId) : undefined) ?? relations.load(userId);
  }
  const engagement = hotLoader(counts, engagementReader);

  const factsAbout = entryFacts(viewerId, relationByUserId);

  /** Pages of lists: as many statements for many lists as for one. */
  const pages = (
    surface: Surface,
    list: lists.ListEntries,
    ready: (keys: readonly PageKey[]) => Promise<unknown> = () => copies.ready(),
  ): DataLoader<PageKey, EntryPage, string> =>
    new DataLoader(
      async (keys) => {
        await ready(keys);
        const isShown = async (entry: lists.Entry) => obstacle(surface, await factsAbout(entry)) === undefined;
        return getPages((...part) => list(database, ...part), isShown, keys);
      },
      { cacheKeyFn: (key) => JSON.stringify(key) },
    );

  return {
    relationByUserId,
    tweetRowById: hotLoader(copies, reader),
    countsByTweetId: hotLoader(counts, countReader.ofTweets),
    countsByUserId: hotLoader(counts, countReader.ofUsers),
    viewsByTweetId: byPrimaryKey(
      (ids) => getViewCountsByTweetIds(database, ids),
      ({ tweetId }) => tweetId,
    ),
    viewerStateByTweetId: {
      load: (tweetId: string): Soon<ViewerState | null> =>
        viewerId === null ? null : engagement.load(viewersTweetKey({ viewerId, tweetId })),
    },
    pinByUserId: byPrimaryKey(
      (ids) => getPinsByUserIds(database, ids),
      ({ userId }) => userId,
    ),
    ancestorsByTweetId: byForeignKey(
      (ids) => listAncestors(database, ids, MAX_ANCESTORS),
      ({ focusId }) => focusId,
    ),
    answersPage: pages('answers', lists.answersFor(viewer?.userId ?? null), (keys) =>
      Promise.all([copies.ready(), countReader.answersInPlace(keys.map(({ ownerId }) => ownerId))]),
    ),
    popularPage: pages('popular', popularFor(viewer?.userId ?? null), () =>
      Promise.all([copies.ready(), countReader.popularInPlace()]),
    ),
    quotesPage: pages('list', lists.listQuotes),
    likesPage: pages('list', lists.listLikes),
    bookmarksPage: pages('list', lists.listBookmarks),
    likersPage: pages('engaged', lists.listLikers),
    retweetersPage: pages('engaged', lists.listRetweeters),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
