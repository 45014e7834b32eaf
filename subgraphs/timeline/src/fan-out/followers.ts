import { opaqueArray, type Queryable, statement } from '@starling/platform/postgres';
import { belongs } from '../home/home-rule.ts';
import { FOLLOWERS_PER_PAGE } from './new-entries.ts';

// As one text per entry: a driver takes many times as long to read an array of ten thousand.
const listFollowersStatement = statement(
  'timeline.listFollowersToPushTo',
  `WITH fresh AS MATERIALIZED (SELECT * FROM timeline.entries WHERE id = ANY($1::bigint[])),
   page AS MATERIALIZED (
     SELECT actors.actor_id, f.follower_id FROM (SELECT DISTINCT actor_id FROM fresh) actors CROSS JOIN LATERAL (
       SELECT follower_id FROM timeline.follows
       WHERE followee_id = actors.actor_id AND follower_id > $2::bigint ORDER BY follower_id LIMIT ${FOLLOWERS_PER_PAGE}
     ) f ORDER BY f.follower_id FETCH FIRST ${FOLLOWERS_PER_PAGE} ROWS WITH TIES
   )
   SELECT e.id AS "entryId", string_agg(p.follower_id::text, ',') AS followers,
     (SELECT max(follower_id) FROM page) AS "lastFollower", (SELECT count(*)::int FROM page) AS "pageSize"
   FROM fresh e LEFT JOIN page p ON p.actor_id = e.actor_id AND ${belongs('p.follower_id', 'e')}
   GROUP BY e.id`,
);

// Probes of the primary key, one for each entry and viewer, whatever number of followers there are.
const listFollowersAmongStatement = statement(
  'timeline.listFollowersAmongViewers',
  `WITH fresh AS MATERIALIZED (SELECT * FROM timeline.entries WHERE id = ANY(${opaqueArray(1, 'bigint')})),
   viewers AS MATERIALIZED (SELECT DISTINCT unnest(${opaqueArray(2, 'bigint')}) AS id)
   SELECT e.id AS "entryId", string_agg(v.id::text, ',') AS followers FROM fresh e CROSS JOIN viewers v
   WHERE EXISTS (SELECT FROM timeline.follows f WHERE f.follower_id = v.id AND f.followee_id = e.actor_id OFFSET 0)
     AND ${belongs('v.id', 'e')}
   GROUP BY e.id`,
);

export interface EntryFollowers {
  readonly entryId: string;
  /** Followers of who did it in whose homes it belongs, hidden there or not. */
  readonly followerIds: readonly string[];
}

/** Those in whose homes the entries belong because they follow who did them, page by page. */
export async function* listFollowers(
  database: Queryable,
  entryIds: readonly string[],
): AsyncGenerator<EntryFollowers[], void, undefined> {
  for (let after = '-1', isLast = false; !isLast; ) {
    const rows = await database.query<{
      entryId: string;
      followers: string | null;
      lastFollower: string | null;
      pageSize: number;
    }>(listFollowersStatement, [entryIds, after]);
    yield rows.map(({ entryId, followers }) => ({ entryId, followerIds: followers?.split(',') ?? [] }));
    isLast = (rows[0]?.pageSize ?? 0) < FOLLOWERS_PER_PAGE;
    after = rows[0]?.lastFollower ?? after;
  }
}

/** Those of the viewers in whose homes the entries belong because they follow who did them. */
export async function listFollowersAmong(
  database: Queryable,
  entryIds: readonly string[],
  viewerIds: readonly string[],
): Promise<EntryFollowers[]> {
  const rows = await database.query<{ entryId: string; followers: string }>(listFollowersAmongStatement, [
    entryIds,
    viewerIds,
  ]);
  return rows.map(({ entryId, followers }) => ({ entryId, followerIds: followers.split(',') }));
}
