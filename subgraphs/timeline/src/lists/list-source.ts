import { groupBy } from '@starling/platform/batching';
import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import type { Candidate } from '../candidate-rounds.ts';
import { entryColumns } from '../entry.ts';
import { visible } from '../home/home-rule.ts';
import { nearest } from '../nearest.ts';
import type { Stretch } from '../stretch.ts';

/** A stretch of what the members of one list did. */
export interface ListStretch {
  readonly listId: string;
  readonly stretch: Stretch;
}

const isMember = (account: string) =>
  `EXISTS (SELECT FROM timeline.list_members m WHERE m.list_id = part.list_id AND m.user_id = ${account})`;

/** What stands in the list's timeline, and is not hidden from the viewer. */
const wanted = `e.kind = 'tweet'
  AND (e.reply_to_tweet_id IS NULL OR e.reply_to_author_id = e.author_id OR ${isMember('e.reply_to_author_id')})
  AND ${visible('$1::bigint', 'e')}`;

// $1 the viewer (null: signed out), $2 lists, $3 and $4 the ends of each one's stretch, $5 how many of each.
function listCandidates(direction: Stretch['direction']): Statement {
  const sources = 'SELECT user_id AS actor_id FROM timeline.list_members WHERE list_id = part.list_id';
  const order = direction === 'older' ? 'DESC' : 'ASC';
  const entries = nearest({ sources, from: 'part.start', to: 'part.finish', limit: '$5::int' }, direction);
  return statement(
    `timeline.list${direction === 'older' ? 'Older' : 'Newer'}ListCandidates`,
    `SELECT part.ordinal, ${entryColumns('e')}, (${wanted}) AS wanted
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS part (list_id, start, finish, ordinal)
     CROSS JOIN LATERAL (${entries}) e
     ORDER BY part.ordinal, e.id ${order}`,
  );
}

const statements = { older: listCandidates('older'), newer: listCandidates('newer') };

/** Stretches of one shape differ in list and ends only: one statement reads them together. */
const shapeOf = ({ stretch }: ListStretch) => `${stretch.direction} ${stretch.limit}`;

/** The candidates of each stretch, in the order of reading; one statement for all stretches of the same shape. */
export async function listListStretches(
  database: Queryable,
  viewerId: string | null,
  stretches: readonly ListStretch[],
): Promise<Candidate[][]> {
  const found = new Map<ListStretch, Candidate[]>(stretches.map((stretch) => [stretch, []]));
  await Promise.all(
    [...groupBy(stretches, shapeOf).values()].map(async (group) => {
      const [{ stretch }] = group;
      const rows = await database.query<Candidate & { ordinal: string }>(statements[stretch.direction], [
        viewerId,
        group.map(({ listId }) => listId),
        group.map(({ stretch }) => stretch.from),
        group.map(({ stretch }) => stretch.to),
        stretch.limit,
      ]);
      for (const { ordinal, ...candidate } of rows) {
        found.get(group[Number(ordinal) - 1] as ListStretch)?.push(candidate);
      }
    }),
  );
  return [...found.values()];
}
