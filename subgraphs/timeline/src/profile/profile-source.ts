import { groupBy } from '@starling/platform/batching';
import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';
import { open, visible } from '../home/home-rule.ts';
import { NEWEST, type Stretch } from '../stretch.ts';
import { isNotPinned, LISTED, PROFILE_FILTERS, type ProfileFilter } from './profile-filter.ts';

/** A pinned tweet's place, before all others. */
export const PINNED_PLACE = NEWEST - 1n;

export interface ProfileEntry extends Entry {
  /** Where it stands in the list: its id, or the place of the pinned tweet. */
  readonly place: string;
  readonly isPinned: boolean;
}

/** A stretch of one account's list. */
export interface ProfileStretch {
  readonly userId: string;
  readonly filter: ProfileFilter;
  readonly stretch: Stretch;
}

function within(place: string, older: boolean): string {
  return older
    ? `${place} < wanted.start AND ${place} > wanted.finish`
    : `${place} > wanted.start AND ${place} < wanted.finish`;
}

// $1 the viewer (null: signed out), $2 accounts, $3 and $4 the ends of each one's stretch, $5 how many of each.
function listEntries(filter: ProfileFilter, direction: Stretch['direction']): Statement {
  const older = direction === 'older';
  const order = older ? 'DESC' : 'ASC';
  const { condition, hasPin: pinned } = LISTED[filter];
  // Asked of the account once, so that nothing of a protected one is read entry by entry.
  const isOpen = open('$1::bigint', 'wanted.user_id');
  const entries = `
    SELECT e.id AS place, e.* FROM timeline.entries e
    WHERE e.actor_id = wanted.user_id AND NOT e.deleted AND ${condition} AND ${within('e.id', older)}
      ${pinned ? `AND ${isNotPinned('wanted.user_id')}` : ''}
      AND ${isOpen} AND ${visible('$1::bigint', 'e')}
    ORDER BY e.id ${order} LIMIT $5::int`;
  const pin = `
    SELECT ${PINNED_PLACE} AS place, e.* FROM timeline.pins p JOIN timeline.entries e ON e.id = p.tweet_id
    WHERE p.user_id = wanted.user_id AND e.actor_id = p.user_id AND NOT e.deleted
      AND ${within(`${PINNED_PLACE}::bigint`, older)} AND ${isOpen} AND ${visible('$1::bigint', 'e')}`;
  return statement(
    `timeline.list${older ? 'Older' : 'Newer'}ProfileEntries:${filter}`,
    `SELECT wanted.ordinal, e.place, e.place = ${PINNED_PLACE} AS "isPinned", ${entryColumns('e')}
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS wanted (user_id, start, finish, ordinal)
     CROSS JOIN LATERAL (
       SELECT * FROM ((${entries}) ${pinned ? `UNION ALL (${pin})` : ''}) listed ORDER BY place ${order} LIMIT $5::int
     ) e
     ORDER BY wanted.ordinal, e.place ${order}`,
  );
}

const statements = Object.fromEntries(
  PROFILE_FILTERS.flatMap((filter) =>
    (['older', 'newer'] as const).map((direction) => [`${filter} ${direction}`, listEntries(filter, direction)]),
  ),
) as Record<`${ProfileFilter} ${Stretch['direction']}`, Statement>;

/** Stretches of one shape differ in account and ends only: one statement reads them together. */
const shapeOf = ({ filter, stretch }: ProfileStretch) => `${filter} ${stretch.direction} ${stretch.limit}`;

/** The visible entries of each stretch, in the order of reading; one statement for all stretches of the same shape. */
export async function listProfileStretches(
  database: Queryable,
  viewerId: string | null,
  stretches: readonly ProfileStretch[],
): Promise<ProfileEntry[][]> {
  const found = new Map<ProfileStretch, ProfileEntry[]>(stretches.map((stretch) => [stretch, []]));
  await Promise.all(
    [...groupBy(stretches, shapeOf).values()].map(async (group) => {
      const { filter, stretch } = group[0];
      const rows = await database.query<ProfileEntry & { ordinal: string }>(
        statements[`${filter} ${stretch.direction}`],
        [
          viewerId,
          group.map(({ userId }) => userId),
          group.map(({ stretch }) => stretch.from),
          group.map(({ stretch }) => stretch.to),
          stretch.limit,
        ],
      );
      for (const { ordinal, ...entry } of rows) {
        found.get(group[Number(ordinal) - 1] as ProfileStretch)?.push(entry);
      }
    }),
  );
  return [...found.values()];
}
