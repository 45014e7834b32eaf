import { type CatchesUp, freshFrom } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import { obstacle } from '@starling/visibility';
import type { RelationReader } from '../relation-reader.ts';
import type { TweetReader } from '../tweet-reader.ts';
import type { TweetRow } from '../tweet-store.ts';
import { entryFacts } from '../visibility/entry-facts.ts';
import { factsOf, isSeen, NO_RELATION } from '../visibility/relation.ts';
import type { ConversationChange } from './conversation-change-store.ts';
import { listTweetsForMuters } from './muted-pair-store.ts';

/** Somebody who looks on, null when signed out, at the conversation around one tweet. */
export interface Onlooker {
  readonly viewerId: string | null;
  readonly focusId: string;
  readonly conversationId: string;
}

export interface OnlookersParts {
  readonly database: Database;
  readonly reader: TweetReader;
  readonly relationReader: RelationReader;
  /** What keeps the copies, and what is remembered of them and of tweets. */
  readonly copies: readonly CatchesUp[];
}

/** What those who look on may be told of, by the rules and by all that is committed when they are asked. */
export interface Onlookers {
  /** The tweet, when the viewer may see it. */
  seen(viewerId: string | null, tweetId: string): Promise<TweetRow | null>;
  /** Whether the onlooker is told of each of these changes. */
  areTold(asked: readonly (readonly [Onlooker, ConversationChange])[]): Promise<boolean[]>;
}

export function onlookers({ database, reader, relationReader, copies }: OnlookersParts): Onlookers {
  const relationsOf = (viewerId: string | null) => async (userId: string) => {
    if (userId === viewerId) return NO_RELATION;
    const [relation] = await relationReader.read(viewerId, [userId]);
    if (!relation) throw new Error('Every account stands somehow to every other.');
    return relation;
  };

  async function rowsOf(ids: Iterable<string>): Promise<ReadonlyMap<string, TweetRow>> {
    const rows = await reader.read([...new Set(ids)]);
    return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])));
  }

  const isSeenBy = async (viewerId: string | null, authorId: string) => isSeen(await relationsOf(viewerId)(authorId));

  return {
    async seen(viewerId, tweetId) {
      await freshFrom(copies).ready();
      const [row] = await reader.read([tweetId]);
      return row && !row.isDeleted && (await isSeenBy(viewerId, row.authorId)) ? row : null;
    },
    async areTold(asked) {
      await freshFrom(copies).ready();
      const rows = await rowsOf(asked.flatMap(([{ focusId }, { tweetId }]) => [focusId, tweetId]));
      const ofMuters = asked.flatMap(([{ viewerId }, { tweetId, removed }]) =>
        viewerId === null || removed ? [] : [{ viewerId, tweetId }],
      );
      const muted = ofMuters.length === 0 ? [] : await listTweetsForMuters(database, ofMuters);
      const entries = new Map(muted.map((entry) => [`${entry.viewerId}:${entry.tweetId}`, entry]));

      return Promise.all(
        asked.map(async ([{ viewerId, focusId }, { tweetId, authorId, removed }]) => {
          const focus = rows.get(focusId);
          // Nothing is told around a tweet that is not there for the reader, but that it has gone.
          if (!focus || (focus.isDeleted && tweetId !== focusId)) return false;
          if (!(await isSeenBy(viewerId, focus.authorId))) return false;
          const relationByUserId = relationsOf(viewerId);
          if (removed) return obstacle('answers', factsOf(await relationByUserId(authorId))) === undefined;
          const entry = entries.get(`${viewerId}:${tweetId}`) ?? {
            userId: authorId,
            isDeleted: rows.get(tweetId)?.isDeleted !== false,
          };
          return obstacle('answers', await entryFacts(viewerId, relationByUserId)(entry)) === undefined;
        }),
      );
    },
  };
}
