import { type Queryable, statement } from '@starling/platform/postgres';
import { THE_BEGINNING } from '../timeline-cache/timeline-cache.ts';

export interface RecentEntries {
  /** Newest first. */
  readonly ids: BigInt64Array;
  /** Every entry of the author from this id upwards is in `ids`. */
  readonly completeDownTo: bigint;
}

// As one text per author: a driver takes many times as long to read an array.
const listRecentEntriesStatement = statement(
  'timeline.listRecentEntries',
  `SELECT authors.id AS "authorId", recent.ids
   FROM unnest($1::bigint[]) AS authors (id) CROSS JOIN LATERAL (
     SELECT string_agg(newest.id::text, ',' ORDER BY newest.id DESC) AS ids FROM (
       SELECT e.id FROM timeline.entries e WHERE e.actor_id = authors.id AND NOT e.deleted
       ORDER BY e.id DESC LIMIT $2
     ) newest
   ) recent`,
);

/** The newest entries of each of the authors, at most `limit`, whatever they answer and whomever they concern. */
export async function listRecentEntries(
  database: Queryable,
  authorIds: readonly string[],
  limit: number,
): Promise<Map<string, RecentEntries>> {
  const rows = await database.query<{ authorId: string; ids: string | null }>(listRecentEntriesStatement, [
    authorIds,
    limit,
  ]);
  return new Map(
    rows.map(({ authorId, ids: text }) => {
      const ids = BigInt64Array.from(text?.split(',') ?? [], BigInt);
      return [authorId, { ids, completeDownTo: ids.length < limit ? THE_BEGINNING : (ids.at(-1) as bigint) }];
    }),
  );
}
