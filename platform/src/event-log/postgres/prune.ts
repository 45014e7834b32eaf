import { type Database, statement } from '../../postgres/database.ts';

/** Rows that are looked at per statement. */
const PAGE = 5_000;

// A row goes when each group that reads its topic and each relay have passed it, and with it the record of who handled it; but
// while it is a dead letter of somebody it may come again, to those that have handled it, too.
const pruneOutbox = statement(
  'platform.pruneOutbox',
  `with page as (
     select position, topic, transaction_id, occurred_at < now() - $2 * interval '1 millisecond' as old
     from platform.outbox where position > $1 order by position limit $3
   ), gone as (
     delete from platform.outbox using page
     where outbox.position = page.position and page.old and not exists (
       select from platform.consumer_offsets as stored
       where page.topic = any(stored.topics) and not pg_visible_in_snapshot(page.transaction_id, stored.seen)
     ) and not exists (
       select from platform.relays where not pg_visible_in_snapshot(page.transaction_id, relays.seen)
     )
     returning outbox.id
   ), forgotten as (
     delete from platform.handled_events as known where known.event_id in (select id from gone)
       and not exists (select from platform.dead_letters as letter where letter.event_id = known.event_id)
   )
   select max(position) as last, count(*)::int as looked_at, (count(*) filter (where old))::int as old,
     (select count(*)::int from gone) as removed
   from page`,
);

interface Pruned {
  readonly last: string | null;
  readonly looked_at: number;
  readonly old: number;
  readonly removed: number;
}

/**
 * Removes events older than `olderThanMs` that every stored group has passed. Answers how many. Ends at the first page on
 * which nothing is old: positions follow time closely enough.
 */
export async function pruneEvents(database: Database, olderThanMs: number): Promise<number> {
  let position = '0';
  let total = 0;
  for (;;) {
    const [page] = await database.query<Pruned>(pruneOutbox, [position, olderThanMs, PAGE]);
    total += page?.removed ?? 0;
    if (!page?.last || page.looked_at < PAGE || page.old === 0) return total;
    position = page.last;
  }
}
