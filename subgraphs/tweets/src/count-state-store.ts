import { type Queryable, statement } from '@starling/platform/postgres';

/**
 * SQL, of the row of `tweets.counts_written`: the name of the state that the rows of counts are in, with the marks of what is counted
 * in them. One that is gone comes never again, also where a server forgot its last moment or was put back to an earlier one.
 */
export const BASE = `concat_ws('/', extract(epoch FROM pg_postmaster_start_time()), tableoid, token, version)`;

const raise = (insert: string) => `INSERT INTO tweets.counts_written AS written (only_row)
   ${insert} ON CONFLICT (only_row) DO UPDATE SET version = written.version + 1`;

// Adding holds the row FOR KEY SHARE; putting other counts in the place of those that are there holds it FOR UPDATE.
const beginToCountStatement = statement(
  'tweets.beginToCount',
  `${raise('SELECT true FROM tweets.counting FOR KEY SHARE')} RETURNING summed_until > now() AS "areSummed"`,
);
const beginToOverwriteStatement = statement('tweets.beginToOverwrite', raise('VALUES (true)'));

// Whoever counts at this moment holds the row until it is done: nobody waits for that.
const keepSumsStatement = statement(
  'tweets.keepSums',
  `UPDATE tweets.counts_written SET summed_until = now() + $1 * interval '1 millisecond'
   WHERE only_row = (SELECT only_row FROM tweets.counts_written FOR UPDATE SKIP LOCKED) RETURNING true AS told`,
);

/**
 * The transaction adds to rows and marks what it adds. Until it ends, nobody puts other counts in the place of those that it changes.
 * `areSummed` tells whether somebody keeps sums of what is not counted yet, so that there is no hurry.
 */
export async function beginToCount(transaction: Queryable): Promise<{ readonly areSummed: boolean }> {
  const [row] = await transaction.query<{ areSummed: boolean }>(beginToCountStatement);
  if (!row) throw new Error('The row of tweets.counting has been removed.');
  return row;
}

/** The transaction puts counts in the place of others, and holds the row of `tweets.counting`. */
export async function beginToOverwrite(transaction: Queryable): Promise<void> {
  await transaction.query(beginToOverwriteStatement);
}

/** Tells whoever counts that sums are kept, for so many milliseconds from now. False while somebody counts, or before anybody did. */
export async function keepSums(database: Queryable, forMs: number): Promise<boolean> {
  return (await database.query(keepSumsStatement, [forMs])).length > 0;
}
