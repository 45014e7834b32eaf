import { after, type Loader, lazily, type Soon } from '@starling/platform/batching';
import { obstacle, type Surface } from '@starling/visibility';
import DataLoader from 'dataloader';
import { listAnswers } from './answers.ts';
import { type EntryPage, getPages, type PageKey } from './list-pages.ts';
import * as lists from './list-store.ts';
import type { LoaderFreshness, Readers } from './loaders.ts';
import { popularFor } from './popular-store.ts';
import { entryFacts } from './visibility/entry-facts.ts';
import type { Relation } from './visibility/relation.ts';

export interface PageLoaderParts {
  readonly readers: Readers;
  readonly freshness: LoaderFreshness;
  /** Null: signed out. */
  readonly viewerId: string | null;
  readonly relationByUserId: (userId: string) => Soon<Relation>;
}

/** One request's pages of lists: as many statements for many lists as for one. */
export function createPageLoaders({ readers, freshness, viewerId, relationByUserId }: PageLoaderParts) {
  const { database, countReader } = readers;
  const { copies, counts } = freshness;
  const factsAbout = entryFacts(viewerId, relationByUserId);

  const pages = (
    surface: Surface,
    list: lists.ListEntries,
    ready: () => Promise<unknown> = () => copies.ready(),
  ): Loader<EntryPage, PageKey> =>
    lazily(
      () =>
        new DataLoader(
          async (keys) => {
            await ready();
            const isShown = (entry: lists.Entry) =>
              after(factsAbout(entry), (facts) => obstacle(surface, facts) === undefined);
            return getPages((...part) => list(database, ...part), isShown, keys);
          },
          { cacheKeyFn: (key) => JSON.stringify(key) },
        ),
    );

  return {
    answers: pages('answers', listAnswers({ ...readers, viewerId }), () =>
      Promise.all([copies.ready(), counts.ready()]),
    ),
    popular: pages('popular', popularFor(viewerId), () => Promise.all([copies.ready(), countReader.popularInPlace()])),
    quotes: pages('list', lists.listQuotes),
    likes: pages('list', lists.listLikes),
    bookmarks: pages('list', lists.listBookmarks),
    likers: pages('engaged', lists.listLikers),
    retweeters: pages('engaged', lists.listRetweeters),
  };
}

export type PageLoaders = ReturnType<typeof createPageLoaders>;
