import {
  after,
  byForeignKey,
  byPrimaryKey,
  type Freshness,
  hotLoader,
  type Loader,
  lazily,
  type Soon,
} from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import { obstacle, type Surface } from '@starling/visibility';
import DataLoader from 'dataloader';
import { rememberedAncestors } from './ancestors.ts';
import type { AnswerReader } from './answer-reader.ts';
import { listAnswers } from './answers.ts';
import type { CountReader } from './count-reader.ts';
import { viewersTweetKey } from './engagement-reader.ts';
import type { ViewerState } from './engagement-store.ts';
import { type EntryPage, getPages, type PageKey } from './list-pages.ts';
import * as lists from './list-store.ts';
import type { Pin } from './pin-store.ts';
import { popularFor } from './popular-store.ts';
import type { RelationReader } from './relation-reader.ts';
import type { TweetReader } from './tweet-reader.ts';
import { listAncestors, type Tweet } from './tweet-store.ts';
import { getViewCountsByTweetIds } from './view-store.ts';
import { entryFacts } from './visibility/entry-facts.ts';
import { NO_RELATION, type Relation } from './visibility/relation.ts';

/** Of what leads from a conversation's root to a tweet in it, so many tweets are shown: the nearest. */
const MAX_ANCESTORS = 100;

export interface LoaderParts {
  readonly database: Database;
  readonly reader: TweetReader;
  readonly countReader: CountReader;
  readonly answerReader: AnswerReader;
  readonly pinReader: HotReader<Pin>;
  readonly engagementReader: HotReader<ViewerState>;
  readonly relationReader: RelationReader;
  /** Of the copies of protection, follows, blocks, mutes and names, and of the cache of tweets. */
  readonly copies: Freshness;
  /** Of what is remembered of counts, of the places of answers, of pins, and of what viewers did. */
  readonly counts: Freshness;
}

/** Copies, counts and what is remembered wait for their consumers. */
export function createLoaders(
  {
    database,
    reader,
    countReader,
    answerReader,
    pinReader,
    engagementReader,
    relationReader,
    copies,
    counts,
  }: LoaderParts,
  viewer: Viewer | null,
) {
  const viewerId = viewer?.userId ?? null;
  const relations = lazily<Relation>(
    () =>
      new DataLoader(async (ids) => {
        await copies.ready();
        return relationReader.read(viewerId, ids);
      }),
  );
  function relationByUserId(userId: string): Soon<Relation> {
    if (viewerId === userId) return NO_RELATION;
    return (copies.isReady() ? relationReader.peek(viewerId, userId) : undefined) ?? relations.load(userId);
  }
  const engagement = hotLoader(counts, engagementReader);

  const factsAbout = entryFacts(viewerId, relationByUserId);

  const ancestorsByTweetId = byForeignKey(
    (ids: readonly string[]) => listAncestors(database, ids, MAX_ANCESTORS),
    ({ focusId }) => focusId,
  );

  /** Pages of lists: as many statements for many lists as for one. */
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
    pinByUserId: hotLoader(counts, pinReader),
    /** What a tweet answers, what that answers, and so on: farthest first, the nearest `MAX_ANCESTORS` of them. */
    ancestorsOf: (focus: Tweet): Soon<readonly string[]> =>
      (copies.isReady() ? rememberedAncestors(reader, focus, MAX_ANCESTORS) : undefined) ??
      ancestorsByTweetId.load(focus.id).then((steps) => steps.map(({ tweetId }) => tweetId)),
    answersPage: pages('answers', listAnswers({ viewerId, relationReader, answerReader, countReader }), () =>
      Promise.all([copies.ready(), counts.ready()]),
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
