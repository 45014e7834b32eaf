import {
  byForeignKey,
  byPrimaryKey,
  type Freshness,
  type HotLoader,
  hotLoader,
  type Loader,
  type Soon,
} from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import { rememberedAncestors } from './ancestors.ts';
import type { AnswerReader } from './answer-reader.ts';
import type { CountReader } from './count-reader.ts';
import type { AuthorCount, TweetCounts } from './count-store.ts';
import { viewersTweetKey } from './engagement-reader.ts';
import type { ViewerState } from './engagement-store.ts';
import { createPageLoaders, type PageLoaders } from './page-loaders.ts';
import type { Pin } from './pin-store.ts';
import type { RelationReader } from './relation-reader.ts';
import type { TweetReader } from './tweet-reader.ts';
import { listAncestors, type Tweet, type TweetRow } from './tweet-store.ts';
import { getViewCountsByTweetIds, type ViewCount } from './view-store.ts';
import { NO_RELATION, type Relation } from './visibility/relation.ts';

/** Of what leads from a conversation's root to a tweet in it, so many tweets are shown: the nearest. */
const MAX_ANCESTORS = 100;

/** What all requests read by. */
export interface Readers {
  readonly database: Database;
  readonly reader: TweetReader;
  readonly countReader: CountReader;
  readonly answerReader: AnswerReader;
  readonly pinReader: HotReader<Pin>;
  readonly engagementReader: HotReader<ViewerState>;
  readonly relationReader: RelationReader;
}

export interface LoaderFreshness {
  /** Of the copies of protection, follows, blocks, mutes and names, and of the cache of tweets. */
  readonly copies: Freshness;
  /** Of what is remembered of counts, of the places of answers, of pins, and of what viewers did. */
  readonly counts: Freshness;
}

/**
 * What one request reads; copies, counts and what is remembered wait for their consumers. A request asks for little of what
 * there is: what few ask for is made when it is first asked for.
 */
export class Loaders {
  readonly tweetRowById: HotLoader<TweetRow>;
  readonly countsByTweetId: HotLoader<TweetCounts>;
  readonly #readers: Readers;
  readonly #freshness: LoaderFreshness;
  readonly #viewerId: string | null;
  #relations: Loader<Relation> | undefined;
  #countsByUserId: HotLoader<AuthorCount> | undefined;
  #viewsByTweetId: Loader<ViewCount | null> | undefined;
  #engagement: HotLoader<ViewerState> | undefined;
  #pinByUserId: HotLoader<Pin> | undefined;
  #ancestors: Loader<readonly { readonly tweetId: string }[]> | undefined;
  #pages: PageLoaders | undefined;

  constructor(readers: Readers, freshness: LoaderFreshness, viewer: Viewer | null) {
    this.#readers = readers;
    this.#freshness = freshness;
    this.#viewerId = viewer === null ? null : viewer.userId;
    this.tweetRowById = hotLoader(freshness.copies, readers.reader);
    this.countsByTweetId = hotLoader(freshness.counts, readers.countReader.ofTweets);
  }

  relationByUserId(userId: string): Soon<Relation> {
    if (this.#viewerId === userId) return NO_RELATION;
    const isReady = this.#freshness.copies.isReady();
    return (
      (isReady ? this.#readers.relationReader.peek(this.#viewerId, userId) : undefined) ?? this.#readRelation(userId)
    );
  }

  get countsByUserId(): HotLoader<AuthorCount> {
    this.#countsByUserId ??= hotLoader(this.#freshness.counts, this.#readers.countReader.ofUsers);
    return this.#countsByUserId;
  }

  get pinByUserId(): HotLoader<Pin> {
    this.#pinByUserId ??= hotLoader(this.#freshness.counts, this.#readers.pinReader);
    return this.#pinByUserId;
  }

  get viewsByTweetId(): Loader<ViewCount | null> {
    this.#viewsByTweetId ??= byPrimaryKey(
      (ids) => getViewCountsByTweetIds(this.#readers.database, ids),
      ({ tweetId }) => tweetId,
    );
    return this.#viewsByTweetId;
  }

  /** Null when signed out. */
  viewerStateOf(tweetId: string): Soon<ViewerState | null> {
    if (this.#viewerId === null) return null;
    this.#engagement ??= hotLoader(this.#freshness.counts, this.#readers.engagementReader);
    return this.#engagement.load(viewersTweetKey({ viewerId: this.#viewerId, tweetId }));
  }

  /** What a tweet answers, what that answers, and so on: farthest first, the nearest `MAX_ANCESTORS` of them. */
  ancestorsOf(focus: Tweet): Soon<readonly string[]> {
    const { reader, database } = this.#readers;
    const isReady = this.#freshness.copies.isReady();
    const remembered = isReady ? rememberedAncestors(reader, focus, MAX_ANCESTORS) : undefined;
    if (remembered) return remembered;
    this.#ancestors ??= byForeignKey(
      (ids) => listAncestors(database, ids, MAX_ANCESTORS),
      ({ focusId }) => focusId,
    );
    return this.#ancestors.load(focus.id).then((steps) => steps.map(({ tweetId }) => tweetId));
  }

  get pages(): PageLoaders {
    this.#pages ??= createPageLoaders({
      readers: this.#readers,
      freshness: this.#freshness,
      viewerId: this.#viewerId,
      relationByUserId: (userId) => this.relationByUserId(userId),
    });
    return this.#pages;
  }

  #readRelation(userId: string): Promise<Relation> {
    this.#relations ??= new DataLoader(async (ids) => {
      await this.#freshness.copies.ready();
      return this.#readers.relationReader.read(this.#viewerId, ids);
    });
    return this.#relations.load(userId);
  }
}
