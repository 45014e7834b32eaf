import type { NumberRange } from '@starling/platform/live';
import { type Queryable, statement } from '@starling/platform/postgres';

const CHANGES_PER_BATCH = 500;

const getEndOfBatch = statement(
  'timeline.getEndOfChangeBatch',
  `SELECT max(change) AS "upTo" FROM (
     SELECT change FROM timeline.entries WHERE change > $1::bigint AND change <= $2::bigint ORDER BY change LIMIT ${CHANGES_PER_BATCH}
   ) batch`,
);

/** Where the first batch of a range of changes ends: that of the range when there is no more than a batch. */
export async function endOfChanges(database: Queryable, { after, upTo }: NumberRange): Promise<bigint> {
  const [batch] = await database.query<{ upTo: string | null }>(getEndOfBatch, [after, upTo]);
  return batch?.upTo == null ? upTo : BigInt(batch.upTo);
}
