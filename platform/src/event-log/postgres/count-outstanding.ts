import { type Queryable, statement } from '../../postgres/database.ts';

const countOutstanding = statement(
  'platform.countOutstandingEvents',
  `select coalesce(sum(behind.events), 0)::float8 as events
   from platform.consumer_offsets as stored cross join lateral (
     select count(*) as events from platform.outbox
     where topic = any(stored.topics) and transaction_id >= pg_snapshot_xmin(stored.seen)
       and not pg_visible_in_snapshot(transaction_id, stored.seen)
       and (stored.window_snapshot is null or position > stored.window_position
         or not pg_visible_in_snapshot(transaction_id, stored.window_snapshot))
   ) as behind`,
);

/**
 * How many events lie before all stored groups together, an event once for each group that waits for it. It looks at every
 * one of them: for progress bars and now and then, not for waiting.
 */
export async function countOutstandingEvents(database: Queryable): Promise<number> {
  const [row] = await database.query<{ events: number }>(countOutstanding);
  return row?.events ?? 0;
}
