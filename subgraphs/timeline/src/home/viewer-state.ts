import { type Queryable, statement } from '@starling/platform/postgres';
import type { PulledAuthor } from '../author-recents/author-recents.ts';

/** Beyond this many changes, what fan-out has still to deliver is not merged: the timeline is read from the source. */
export const MERGED_CHANGES = 2_000;

/** A viewer who follows more pulled authors than this reads the source instead of merging all of them. */
export const MOST_PULLED = 300;

export interface ViewerState {
  /** Of what the viewer follows, and of the last return to push of anyone the viewer follows: whichever came later. */
  readonly graphVersion: bigint;
  /** The last change of what the viewer follows, or switch of anyone the viewer follows, either way, that is known here. */
  readonly knownUpTo: bigint;
  /** Those whom the viewer follows and who are pulled; one more than `MOST_PULLED` at most. */
  readonly pulled: readonly PulledAuthor[];
  /** The number of the newest change of any entry. */
  readonly newestChange: bigint;
  /** The first `MERGED_CHANGES` changes beyond the position asked for: entries of the viewer and of accounts followed. */
  readonly undelivered: BigInt64Array;
}

const UNDELIVERED = `ARRAY(
       SELECT e.id FROM timeline.entries e
       WHERE e.change > $2::bigint AND e.change <= $2::bigint + ${MERGED_CHANGES} AND NOT e.deleted
         AND (e.actor_id = $1::bigint OR EXISTS (
           SELECT FROM timeline.follows f WHERE f.follower_id = $1::bigint AND f.followee_id = e.actor_id))
       ORDER BY e.id DESC
     )::text[]`;

const getViewerStateStatement = statement(
  'timeline.getViewerState',
  `WITH marks AS MATERIALIZED (
     SELECT m.* FROM timeline.pull_marks m
     WHERE EXISTS (SELECT FROM timeline.follows f WHERE f.follower_id = $1::bigint AND f.followee_id = m.user_id)
   )
   SELECT
     greatest(
       (SELECT version FROM timeline.graph_versions WHERE user_id = $1::bigint),
       (SELECT max(switched) FROM marks WHERE NOT is_pulled),
       0
     ) AS "graphVersion",
     greatest(
       (SELECT version FROM timeline.graph_versions WHERE user_id = $1::bigint),
       (SELECT max(switched) FROM marks),
       0
     ) AS "knownUpTo",
     (SELECT json_agg(json_build_object('id', user_id::text, 'switched', switched::text, 'replicas', replicas))
      FROM (SELECT * FROM marks WHERE is_pulled LIMIT ${MOST_PULLED + 1}) pulled) AS pulled,
     coalesce((SELECT max(change) FROM timeline.entries), 0) AS "newestChange",
     ${UNDELIVERED} AS undelivered`,
);

const getUndeliveredStatement = statement(
  'timeline.getUndelivered',
  `SELECT coalesce((SELECT max(change) FROM timeline.entries), 0) AS "newestChange",
     ${UNDELIVERED} AS undelivered`,
);

export type Undelivered = Pick<ViewerState, 'newestChange' | 'undelivered'>;

/** What fan-out has not delivered to one viewer; of one moment. */
export async function getUndelivered(
  database: Queryable,
  viewerId: string,
  deliveredUpTo: bigint,
): Promise<Undelivered> {
  const [row] = await database.query<ViewerStateRow>(getUndeliveredStatement, [viewerId, deliveredUpTo]);
  return {
    newestChange: BigInt(row?.newestChange ?? 0),
    undelivered: BigInt64Array.from(row?.undelivered ?? [], BigInt),
  };
}

interface ViewerStateRow {
  readonly graphVersion: string;
  readonly knownUpTo: string;
  readonly pulled: { readonly id: string; readonly switched: string; readonly replicas: number }[] | null;
  readonly newestChange: string;
  readonly undelivered: string[];
}

/** What a read has to know of its viewer before it looks at a cached timeline; all of one moment. */
export async function getViewerState(
  database: Queryable,
  viewerId: string,
  deliveredUpTo: bigint,
): Promise<ViewerState> {
  const [row] = await database.query<ViewerStateRow>(getViewerStateStatement, [viewerId, deliveredUpTo]);
  return {
    graphVersion: BigInt(row?.graphVersion ?? 0),
    knownUpTo: BigInt(row?.knownUpTo ?? 0),
    pulled: (row?.pulled ?? []).map((author) => ({ ...author, switched: BigInt(author.switched) })),
    newestChange: BigInt(row?.newestChange ?? 0),
    undelivered: BigInt64Array.from(row?.undelivered ?? [], BigInt),
  };
}
