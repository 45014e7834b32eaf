import { type Database, statement } from '../../postgres/database.ts';

/** Rows that are looked at per statement. */
const PAGE = 5_000;

// A row goes when each group that reads its topic has passed it, and with it the record of who handled it.
const pruneOutbox = statement(
  'platform.pruneOutbox',
  `with old as (
     select position, topic, transaction_id from platform.outbox
     where position > $1 and occurred_at < now() - $2 * interval '1 millisecond'
     order by position limit $3
   ), gone as (
     delete from platform.outbox using old
     where outbox.position = old.position and not exists (
       select from platform.consumer_offsets as stored
       where old.topic = any(stored.topics) and not pg_visible_in_snapshot(old.transaction_id, stored.seen)
     )
     returning outbox.id
   ), forgotten as (
     delete from platform.handled_events where event_id in (select id from gone)
   )
   select (select max(position) from old) as last, (select count(*)::int from gone) as removed,
     (select count(*)::int from old) as looked_at`,
);

/** Removes events older than `olderThanMs` that every stored group has passed. Answers how many. */
export async function pruneEvents(database: Database, olderThanMs: number): Promise<number> {
  let position = '0';
  let total = 0;
  for (;;) {
    const [page] = await database.query<{ last: string | null; removed: number; looked_at: number }>(pruneOutbox, [
      position,
      olderThanMs,
      PAGE,
    ]);
    total += page?.removed ?? 0;
    if (!page?.last || page.looked_at < PAGE) return total;
    position = page.last;
  }
}
