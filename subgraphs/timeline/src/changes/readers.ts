import type { NumberRange } from '@starling/platform/live';
import { type Queryable, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';
import { belongs, followed, inHome, unhidden } from '../home/home-rule.ts';

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

/**
 * Of what the viewer and followed accounts did: what is told of it. A deletion takes a tweet and its retweets out of a home
 * at once; that is told once, by the last of them, however the changes are cut into ranges.
 */
function told(viewer: string): string {
  return `${belongs(viewer, 'e')} AND ${unhidden(viewer, 'e')}
     AND NOT (e.deleted AND EXISTS (
       SELECT FROM timeline.entries other
       WHERE other.tweet_id = e.tweet_id AND (NOT other.deleted OR other.change > e.change)
         AND ${followed(viewer, 'other')} AND ${belongs(viewer, 'other')} AND ${unhidden(viewer, 'other')}))`;
}

const CHANGE_COLUMNS = `e.change, e.deleted AS removed, ${entryColumns('e')}`;

const listHomeChangesStatement = statement(
  'timeline.listHomeChanges',
  `WITH ${CHANGED_AND_READERS}
   SELECT r.viewer_id AS "viewerId", ${CHANGE_COLUMNS}
   FROM readers r JOIN changed e ON e.actor_id = r.actor_id
   WHERE ${told('r.viewer_id')}
   ORDER BY e.change`,
);

const listMissedChangesStatement = statement(
  'timeline.listMissedChanges',
  `SELECT $1::bigint AS "viewerId", ${CHANGE_COLUMNS}
   FROM timeline.entries e
   WHERE e.change > $2::bigint AND e.change <= $3::bigint AND ${followed('$1::bigint', 'e')} AND ${told('$1::bigint')}
   ORDER BY e.change LIMIT $4::int`,
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
  { after, upTo }: NumberRange,
  viewerIds: readonly string[],
): Promise<HomeChange[]> {
  return database.query(listHomeChangesStatement, [after, upTo, viewerIds]);
}

/** The same for one viewer, who may have been away for long: the first `limit` of them. */
export async function listMissedChanges(
  database: Queryable,
  { after, upTo }: NumberRange,
  viewerId: string,
  limit: number,
): Promise<HomeChange[]> {
  return database.query(listMissedChangesStatement, [viewerId, after, upTo, limit]);
}

/** Whether the entry stands in the viewer's home at this moment. */
export async function isShown(database: Queryable, viewerId: string, entryId: string): Promise<boolean> {
  const [row] = await database.query<{ shown: boolean }>(isShownStatement, [viewerId, entryId]);
  return row?.shown === true;
}
