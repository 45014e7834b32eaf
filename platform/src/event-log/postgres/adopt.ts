import type { Logger } from 'pino';
import { type Database, type Queryable, statement } from '../../postgres/database.ts';
import { BEGINNING } from './offset.ts';

// Whoever wrote a number of its server into the log has ended where it is seen there, and the server counts on from it.
const look = statement(
  'platform.lookForNumbersToCome',
  `select exists (
     select from platform.consumer_offsets
     where pg_snapshot_xmax(coalesce(window_snapshot, seen)) > pg_snapshot_xmax(pg_current_snapshot())
   ) or exists (
     select from (select transaction_id from platform.outbox order by position desc limit 1) as newest
     where transaction_id >= pg_snapshot_xmax(pg_current_snapshot())
   ) as "areToCome"`,
);

const takeTurns = statement(
  'platform.lockToAdopt',
  `select pg_advisory_xact_lock(hashtextextended('platform.adopt', 0))`,
);

const renumber = statement(
  'platform.renumberOutbox',
  `update platform.outbox set transaction_id = pg_current_xact_id()
   where transaction_id >= pg_snapshot_xmax(pg_current_snapshot())`,
);

const beginGroupsAnew = statement(
  'platform.beginGroupsAnew',
  `update platform.consumer_offsets
   set seen = $1::pg_snapshot, window_snapshot = null, window_position = null, window_end = null`,
);

const beginRelaysAnew = statement('platform.beginRelaysAnew', 'update platform.relays set seen = $1::pg_snapshot');

async function holdsNumbersToCome(database: Queryable): Promise<boolean> {
  const [row] = await database.query<{ areToCome: boolean }>(look);
  return row?.areToCome === true;
}

/**
 * Puts a log in order that came here in a dump of another server: that one counted its transactions by itself, and by its numbers
 * what is new here would count as seen, or what was seen as new. Its events get a number of this server, and everybody is
 * given all of them again. To be called before anything is read; a log in good order costs one short statement.
 */
export async function adoptLog(database: Database, logger: Logger | undefined): Promise<void> {
  if (!(await holdsNumbersToCome(database))) return;
  await database.transaction(async (transaction) => {
    await transaction.query(takeTurns);
    if (!(await holdsNumbersToCome(transaction))) return;
    await transaction.query(renumber);
    await transaction.query(beginGroupsAnew, [BEGINNING]);
    await transaction.query(beginRelaysAnew, [BEGINNING]);
    logger?.warn('the event log is of another server, restored from a dump: all that it keeps is delivered again');
  });
}
