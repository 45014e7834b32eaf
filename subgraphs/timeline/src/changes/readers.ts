import { type Queryable, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';
import { belongs, inHome, unhidden } from '../home/home-rule.ts';
import type { ChangeRange } from './change-tail.ts';

/**
 * The entries of a range of changes, each with those of the given viewers ($3) who did it or follow who did. An account's
 * followers are looked through when they are fewer than the viewers, and the viewers one by one when not.
 */
const CHANGED_AND_READERS = `
  viewers AS MATERIALIZED (SELECT DISTINCT unnest($3::bigint[]) AS id),
  changed AS MATERIALIZED (SELECT * FROM timeline.entries WHERE change > $1::bigint AND change <= $2::bigint),
  actors AS MATERIALIZED (
    SELECT actor_id, (SELECT count(*) FROM (
      SELECT FROM timeline.follows f WHERE f.followee_id = actor_id LIMIT (SELECT count(*) FROM viewers)
    ) few) < (SELECT count(*) FROM viewers) AS has_few_followers
    FROM (SELECT DISTINCT actor_id FROM changed) acting
  ),
  readers AS MATERIALIZED (
    SELECT a.actor_id, v.id AS viewer_id FROM actors a JOIN viewers v ON v.id = a.actor_id
    UNION
    SELECT a.actor_id, v.id FROM actors a
      JOIN timeline.follows f ON f.followee_id = a.actor_id JOIN viewers v ON v.id = f.follower_id
    WHERE a.has_few_followers
    UNION
    SELECT a.actor_id, v.id FROM actors a CROSS JOIN viewers v
    WHERE NOT a.has_few_followers
      AND EXISTS (SELECT FROM timeline.follows f WHERE f.follower_id = v.id AND f.followee_id = a.actor_id OFFSET 0)
  )`;

const listHomeChangesStatement = statement(
  'timeline.listHomeChanges',
  `WITH ${CHANGED_AND_READERS}
   SELECT r.viewer_id AS "viewerId", e.change, e.deleted AS removed, ${entryColumns('e')}
   FROM readers r JOIN changed e ON e.actor_id = r.actor_id
   WHERE ${belongs('r.viewer_id', 'e')} AND ${unhidden('r.viewer_id', 'e')}
     AND NOT (e.deleted AND EXISTS (
       SELECT FROM timeline.entries other WHERE other.tweet_id = e.tweet_id AND ${inHome('r.viewer_id', 'other')}))
   ORDER BY e.change`,
);

const isShownStatement = statement(
  'timeline.isShown',
  `SELECT EXISTS (SELECT FROM timeline.entries e WHERE e.id = $2::bigint AND ${inHome('$1::bigint', 'e')}) AS shown`,
);

export interface HomeChange extends Entry {
  readonly viewerId: string;
  /** Its number: changes come in its order. */
  readonly change: string;
  /** The entry was deleted, and none of its tweet is left in the viewer's home. */
  readonly removed: boolean;
}

/** What the range's changes mean in the viewers' homes as they are shown. */
export async function listHomeChanges(
  database: Queryable,
  { after, upTo }: ChangeRange,
  viewerIds: readonly string[],
): Promise<HomeChange[]> {
  return database.query(listHomeChangesStatement, [after, upTo, viewerIds]);
}

/** Whether the entry stands in the viewer's home at this moment. */
export async function isShown(database: Queryable, viewerId: string, entryId: string): Promise<boolean> {
  const [row] = await database.query<{ shown: boolean }>(isShownStatement, [viewerId, entryId]);
  return row?.shown === true;
}
