import { type Database, statement } from '@starling/platform/postgres';
import type { EventLogHarness } from './world.ts';

const breakThem = statement(
  'tests.breakConnections',
  `select pg_terminate_backend(pid) from pg_stat_activity
   where datname = current_database() and application_name like 'starling event log%'`,
);

const lettersOfGroup = statement(
  'tests.deadLetters',
  `select topic, (payload ->> 'number')::int as number, error from platform.dead_letters
   where consumer_group = $1 order by number`,
);

/** Breaks every connection that logs have open to this database. */
export async function breakConnections(database: Database): Promise<void> {
  await database.query(breakThem);
}

/** Dead letters stand in PostgreSQL, whatever carries the events. */
export const deadLetters: EventLogHarness['deadLetters'] = (database, group) => database.query(lettersOfGroup, [group]);
