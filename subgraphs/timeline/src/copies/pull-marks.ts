import { type EventLog, makeEvent } from '@starling/platform/event-log';
import { type Database, type Queryable, statement, type Transaction } from '@starling/platform/postgres';
import { MOST_REPLICAS } from '../author-recents/replicas.ts';
import { pushLimitChanged } from '../events.ts';
import { lockChanges } from './lock-changes.ts';

/** Followers above which an author is pulled, unless it is set otherwise. */
export const DEFAULT_PUSH_FOLLOWER_LIMIT = 10_000;
/** Followers for each key over which a pulled author's readers are spread. */
const FOLLOWERS_PER_REPLICA = 100_000;

/**
 * Above the limit an author is pulled, and pushed again at 80% of it. In between it stays what it is, so that one follower
 * who comes and goes moves nothing. A switch takes a number of `graph_changes`.
 */
const mark = (which: string) => `
  WITH wanted AS (
    SELECT c.user_id, m.is_pulled AS was_pulled, m.replicas AS had,
      c.followers > l.followers OR (coalesce(m.is_pulled, false) AND c.followers * 5 > l.followers * 4) AS is_pulled,
      least(${MOST_REPLICAS}, 1 + c.followers / ${FOLLOWERS_PER_REPLICA}) AS replicas
    FROM timeline.follower_counts c
    CROSS JOIN timeline.push_limit l
    LEFT JOIN timeline.pull_marks m ON m.user_id = c.user_id
    WHERE ${which}
  )
  INSERT INTO timeline.pull_marks AS known (user_id, is_pulled, switched, replicas)
  SELECT user_id, is_pulled, nextval('timeline.graph_changes'), replicas FROM wanted
  WHERE is_pulled <> coalesce(was_pulled, false) OR (is_pulled AND replicas <> had)
  ON CONFLICT (user_id) DO UPDATE SET is_pulled = excluded.is_pulled, replicas = excluded.replicas,
    switched = CASE WHEN known.is_pulled = excluded.is_pulled THEN known.switched ELSE excluded.switched END`;

const markAuthors = statement('timeline.markAuthors', mark('c.user_id = ANY($1::bigint[])'));
const markAllAuthors = statement('timeline.markAllAuthors', mark('c.followers > l.followers OR m.is_pulled'));

/** Switches those of the authors, whose follows have just changed, that have crossed the limit. */
export async function switchAuthors(transaction: Transaction, authorIds: readonly string[]): Promise<void> {
  await transaction.query(markAuthors, [authorIds]);
}

const isLimit = statement('timeline.isPushLimit', 'SELECT followers = $1::bigint AS "isSame" FROM timeline.push_limit');
const setLimit = statement('timeline.setPushLimit', 'UPDATE timeline.push_limit SET followers = $1::bigint');

async function isInForce(database: Queryable, limit: number): Promise<boolean> {
  const [row] = await database.query<{ isSame: boolean }>(isLimit, [limit]);
  return row?.isSame === true;
}

/** The limit from now on, in every process: authors on the other side of it are switched at once. */
export async function setPushFollowerLimit(
  { database, eventLog }: { readonly database: Database; readonly eventLog: EventLog },
  limit: number,
): Promise<void> {
  if (await isInForce(database, limit)) return;
  await database.transaction(async (transaction) => {
    await lockChanges(transaction);
    if (await isInForce(transaction, limit)) return;
    await transaction.query(setLimit, [limit]);
    await transaction.query(markAllAuthors);
    await eventLog.append(transaction, [makeEvent(pushLimitChanged, 'all', { followers: limit })]);
  });
}
