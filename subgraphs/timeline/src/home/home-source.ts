import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';
import type { Stretch } from '../stretch.ts';
import { belongs, inHome, unhidden } from './home-rule.ts';

/** An entry that was looked at, and whether it is `wanted`. */
export interface Candidate extends Entry {
  readonly wanted: boolean;
}

/**
 * The nearest entries of the viewer and the accounts followed, wanted or not: at most $4 rows, and fewer only when the
 * stretch has no more. Two or more of the nearest of each account (`heads`) tell within which bound the $4 nearest of all
 * lie, and whose they are; so entries are read no further than that, and each of thousands of followed accounts costs one
 * index look-up.
 */
function nearest(name: string, direction: Stretch['direction'], wanted: string, leftOut = ''): Statement {
  const older = direction === 'older';
  const order = older ? 'DESC' : 'ASC';
  const within = older ? 'e.id < $2::bigint AND e.id > $3::bigint' : 'e.id > $2::bigint AND e.id < $3::bigint';
  return statement(
    name,
    `WITH sources AS MATERIALIZED (
       SELECT $1::bigint AS actor_id
       UNION (SELECT followee_id FROM timeline.follows WHERE follower_id = $1::bigint ${leftOut})
     ), heads AS MATERIALIZED (
       SELECT head.id, head.actor_id FROM sources CROSS JOIN LATERAL (
         SELECT e.id, e.actor_id FROM timeline.entries e
         WHERE e.actor_id = sources.actor_id AND NOT e.deleted AND ${within}
         ORDER BY e.id ${order} LIMIT (SELECT 2 * ceil($4::numeric / count(*)) FROM sources)
       ) head ORDER BY head.id ${order} LIMIT $4::int
     ), bound AS MATERIALIZED (
       SELECT CASE WHEN count(*) = $4::int THEN ${older ? 'min' : 'max'}(id) ELSE $3::bigint END AS id FROM heads
     ), candidates AS MATERIALIZED (
       SELECT near.* FROM (SELECT DISTINCT actor_id FROM heads) nearby CROSS JOIN LATERAL (
         SELECT e.id, e.kind, e.actor_id, e.tweet_id, e.author_id, e.reply_to_tweet_id, e.reply_to_author_id
         FROM timeline.entries e
         WHERE e.actor_id = nearby.actor_id AND NOT e.deleted AND ${within}
           AND e.id ${older ? '>=' : '<='} (SELECT id FROM bound)
         ORDER BY e.id ${order} LIMIT $4::int
       ) near ORDER BY near.id ${order} LIMIT $4::int
     )
     SELECT ${entryColumns('e')}, (${wanted}) AS wanted FROM candidates e ORDER BY e.id ${order}`,
  );
}

const shown = `${belongs('$1::bigint', 'e')} AND ${unhidden('$1::bigint', 'e')}`;

const statements = {
  older: nearest('timeline.listOlderHomeCandidates', 'older', shown),
  newer: nearest('timeline.listNewerHomeCandidates', 'newer', shown),
  toCache: nearest(
    'timeline.listEntriesToCache',
    'older',
    belongs('$1::bigint', 'e'),
    'EXCEPT SELECT unnest($5::bigint[])',
  ),
};

const shownEntriesByIds = statement(
  'timeline.getShownEntriesByIds',
  `SELECT ${entryColumns('e')} FROM unnest($2::bigint[]) AS wanted (id) JOIN timeline.entries e ON e.id = wanted.id
   WHERE ${inHome('$1::bigint', 'e')} ORDER BY e.id DESC`,
);

/** One round of reading the viewer's home from the source; a candidate is wanted when it is shown. */
export async function listHomeCandidates(
  database: Queryable,
  viewerId: string,
  { direction, from, to, limit }: Stretch,
): Promise<Candidate[]> {
  return database.query(statements[direction], [viewerId, from, to, limit]);
}

/**
 * One round of reading what a cached timeline holds: whatever belongs into the home, hidden or not, below `from`, but
 * nothing that the authors in `leftOut` did.
 */
export async function listEntriesToCache(
  database: Queryable,
  viewerId: string,
  { from, to, limit }: Omit<Stretch, 'direction'>,
  leftOut: readonly string[],
): Promise<Candidate[]> {
  return database.query(statements.toCache, [viewerId, from, to, limit, leftOut]);
}

/** Those of the entries that stand in the viewer's home now, newest first. */
export async function getShownEntriesByIds(
  database: Queryable,
  viewerId: string,
  ids: BigInt64Array,
): Promise<Entry[]> {
  return database.query(shownEntriesByIds, [viewerId, `{${ids.join()}}`]);
}
