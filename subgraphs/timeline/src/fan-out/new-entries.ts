import { type Queryable, statement } from '@starling/platform/postgres';
import type { ChangeRange } from '../changes/change-tail.ts';

/** Entries that are delivered together, at most. */
export const ENTRIES_PER_BATCH = 500;
/** Followers that are delivered to together, about: an entry whose author has more is delivered in pages of as many. */
export const FOLLOWERS_PER_PAGE = 10_000;

export interface NewEntry {
  readonly id: string;
  readonly change: string;
  readonly actorId: string;
  readonly isDeleted: boolean;
  /** Readers find it by themselves. */
  readonly isPulled: boolean;
  readonly followers: number;
}

const listNewEntriesStatement = statement(
  'timeline.listNewEntries',
  `SELECT e.id, e.change, e.actor_id AS "actorId", e.deleted AS "isDeleted",
     coalesce(m.is_pulled, false) AS "isPulled", coalesce(c.followers, 0)::float8 AS followers
   FROM timeline.entries e
   LEFT JOIN timeline.pull_marks m ON m.user_id = e.actor_id
   LEFT JOIN timeline.follower_counts c ON c.user_id = e.actor_id
   WHERE e.change > $1::bigint AND e.change <= $2::bigint ORDER BY e.change LIMIT ${ENTRIES_PER_BATCH}`,
);

/**
 * The range's first batch of changes, in their order. It ends where its followers would be more than a page has,
 * unless the first entry alone has more.
 */
export async function listNewEntries(database: Queryable, { after, upTo }: ChangeRange): Promise<NewEntry[]> {
  const entries = await database.query<NewEntry>(listNewEntriesStatement, [after, upTo]);
  let followers = 0;
  const end = entries.findIndex((entry, index) => {
    followers += entry.isPulled || entry.isDeleted ? 0 : entry.followers;
    return index > 0 && followers > FOLLOWERS_PER_PAGE;
  });
  return end === -1 ? entries : entries.slice(0, end);
}
