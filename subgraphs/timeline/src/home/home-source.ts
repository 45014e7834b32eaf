import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import type { Candidate } from '../candidate-rounds.ts';
import { type Entry, entryColumns } from '../entry.ts';
import { nearest } from '../nearest.ts';
import type { Stretch } from '../stretch.ts';
import { belongs, inHome, unhidden } from './home-rule.ts';

// $1 the viewer, $2 and $3 the ends of the stretch, $4 how many.
function nearestTo(name: string, direction: Stretch['direction'], wanted: string, leftOut = ''): Statement {
  const sources = `
    SELECT $1::bigint AS actor_id
    UNION (SELECT followee_id FROM timeline.follows WHERE follower_id = $1::bigint ${leftOut})`;
  const part = { sources, from: '$2::bigint', to: '$3::bigint', limit: '$4::int' };
  const order = direction === 'older' ? 'DESC' : 'ASC';
  return statement(
    name,
    `SELECT ${entryColumns('e')}, (${wanted}) AS wanted FROM (${nearest(part, direction)}) e ORDER BY e.id ${order}`,
  );
}

const shown = `${belongs('$1::bigint', 'e')} AND ${unhidden('$1::bigint', 'e')}`;

const statements = {
  older: nearestTo('timeline.listOlderHomeCandidates', 'older', shown),
  newer: nearestTo('timeline.listNewerHomeCandidates', 'newer', shown),
  toCache: nearestTo(
    'timeline.listEntriesToCache',
    'older',
    belongs('$1::bigint', 'e'),
    'EXCEPT SELECT user_id FROM timeline.pull_marks WHERE user_id = ANY($5::bigint[]) AND is_pulled',
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
 * nothing that those authors in `leftOut` did who are pulled as it reads. Who was pulled when the reader looked may be pushed
 * by now, and the timeline be made of a later change than that.
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
