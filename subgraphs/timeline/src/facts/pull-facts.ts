import { type Queryable, statement } from '@starling/platform/postgres';
import type { PulledAuthor } from '../author-recents/author-recents.ts';
import { highOf, lowOf } from './halves.ts';
import type { ViewerFacts } from './viewer-facts.ts';

/** Authors that are pulled, or were, at most, to be remembered. */
const MOST_MARKS = 20_000;

interface Mark extends PulledAuthor {
  readonly isPulled: boolean;
  /** The halves of the author's id. */
  readonly high: number;
  readonly low: number;
}

/** Who is pulled, and who was and has returned to push. */
export interface PullFacts {
  readonly marks: ReadonlyMap<string, Mark>;
  /** False when there are too many to be remembered. */
  readonly isWhole: boolean;
}

const columns = 'user_id AS id, is_pulled AS "isPulled", switched, replicas';
const listMarks = statement(
  'timeline.listPullMarks',
  `SELECT ${columns} FROM timeline.pull_marks LIMIT ${MOST_MARKS + 1}`,
);
const getMarks = statement(
  'timeline.getPullMarks',
  `SELECT ${columns} FROM timeline.pull_marks WHERE user_id = ANY($1::bigint[])`,
);

type MarkRow = Omit<Mark, 'switched' | 'high' | 'low'> & { readonly switched: string };

const toMark = ({ switched, ...row }: MarkRow): Mark => ({
  ...row,
  switched: BigInt(switched),
  high: highOf(BigInt(row.id)),
  low: lowOf(BigInt(row.id)),
});

export async function listPullFacts(database: Queryable): Promise<PullFacts> {
  const rows = await database.query<MarkRow>(listMarks);
  if (rows.length > MOST_MARKS) return { marks: new Map(), isWhole: false };
  return { marks: new Map(rows.map((row) => [row.id, toMark(row)])), isWhole: true };
}

/** Whether the marks of these authors are still as they are known. */
export async function areSame(
  database: Queryable,
  { marks }: PullFacts,
  authorIds: readonly string[],
): Promise<boolean> {
  const rows = await database.query<MarkRow>(getMarks, [authorIds]);
  const found = new Map(rows.map((row) => [row.id, toMark(row)]));
  return authorIds.every((id) => {
    const [now, before] = [found.get(id), marks.get(id)];
    return (
      now?.switched === before?.switched && now?.isPulled === before?.isPulled && now?.replicas === before?.replicas
    );
  });
}

/** What the marks mean to one viewer. */
export interface PullsOfViewer {
  /** Of what the viewer follows, and of the last return to push of anyone the viewer follows: whichever came later. */
  readonly graphVersion: bigint;
  /** The last change of what the viewer follows, or switch of anyone the viewer follows, either way, that is known here. */
  readonly knownUpTo: bigint;
  readonly pulled: readonly PulledAuthor[];
}

export function pullsOf(facts: ViewerFacts, { marks }: PullFacts): PullsOfViewer {
  let { graphVersion } = facts;
  let knownUpTo = graphVersion;
  const pulled: PulledAuthor[] = [];
  for (const mark of marks.values()) {
    // What the viewer did is pushed to the viewer, always.
    if (mark.id === facts.viewerId || !facts.circle.has(mark.high, mark.low)) continue;
    if (mark.switched > knownUpTo) knownUpTo = mark.switched;
    if (mark.isPulled) pulled.push(mark);
    else if (mark.switched > graphVersion) graphVersion = mark.switched;
  }
  return { graphVersion, knownUpTo, pulled };
}
