import { statement, type Transaction } from '../postgres/database.ts';
import type { Event } from './event.ts';

const recordHandled = statement(
  'platform.recordHandled',
  `insert into platform.handled_events (event_id, consumer_group)
   select distinct id, $2 from unnest($1::uuid[]) as event(id) order by id
   on conflict do nothing
   returning event_id as id`,
);

/**
 * Those of the events that the group has not handled before, in their order and each once; they count as handled when the
 * transaction commits. The transaction is the one of the effect. Another transaction that records the same events waits
 * for this one to end.
 */
export async function firstTime(transaction: Transaction, group: string, events: readonly Event[]): Promise<Event[]> {
  if (events.length === 0) return [];
  const rows = await transaction.query<{ id: string }>(recordHandled, [events.map(({ id }) => id), group]);
  const fresh = new Set(rows.map(({ id }) => id));
  return events.filter(({ id }) => fresh.delete(id.toLowerCase()));
}
