import { type Queryable, statement } from '@starling/platform/postgres';

/** Beyond this many changes, what fan-out has still to deliver is not merged: the timeline is read from the source. */
export const MERGED_CHANGES = 2_000;

export interface ViewerState {
  /** Of what the viewer follows. */
  readonly graphVersion: bigint;
  /** The number of the newest change of any entry. */
  readonly newestChange: bigint;
  /** The first `MERGED_CHANGES` changes beyond the position asked for: entries of the viewer and of accounts followed. */
  readonly undelivered: BigInt64Array;
}

const getViewerStateStatement = statement(
  'timeline.getViewerState',
  `SELECT
     coalesce((SELECT version FROM timeline.graph_versions WHERE user_id = $1::bigint), 0) AS "graphVersion",
     coalesce((SELECT max(change) FROM timeline.entries), 0) AS "newestChange",
     ARRAY(
       SELECT e.id FROM timeline.entries e
       WHERE e.change > $2::bigint AND e.change <= $2::bigint + ${MERGED_CHANGES} AND NOT e.deleted
         AND (e.actor_id = $1::bigint OR EXISTS (
           SELECT FROM timeline.follows f WHERE f.follower_id = $1::bigint AND f.followee_id = e.actor_id))
       ORDER BY e.id DESC
     )::text[] AS undelivered`,
);

/** What a read has to know of its viewer before it looks at a cached timeline; all of one moment. */
export async function getViewerState(
  database: Queryable,
  viewerId: string,
  deliveredUpTo: bigint,
): Promise<ViewerState> {
  const [row] = await database.query<{ graphVersion: string; newestChange: string; undelivered: string[] }>(
    getViewerStateStatement,
    [viewerId, deliveredUpTo],
  );
  return {
    graphVersion: BigInt(row?.graphVersion ?? 0),
    newestChange: BigInt(row?.newestChange ?? 0),
    undelivered: BigInt64Array.from(row?.undelivered ?? [], BigInt),
  };
}
