import { statement, type Transaction } from '../postgres/database.ts';
import type { Event } from './event.ts';

/**
 * SQL: `firstTime` as a part of the one statement that is the effect. A query for its WITH clause, which answers as `id`
 * those of the events that the group has not handled before. `ids` and `group` are expressions, such as parameters.
 */
export const firstTimeQuery = (ids: string, group: string): string =>
  `insert into platform.handled_events (event_id, consumer_group)
   select distinct id, ${group}::text from unnest(${ids}::uuid[]) as event(id) order by id
   on conflict do nothing
   returning event_id as id`;

const recordHandled = statement('platform.recordHandled', firstTimeQuery('$1', '$2'));

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

const getHandled = statement(
  'platform.getHandled',
  `select event_id as id from platform.handled_events
   where event_id = any($1::uuid[]) and consumer_group = $2::text`,
);

/**
 * Those of the events that the group has not handled before, in their order and each once, for an effect of several
 * transactions: nothing is recorded until the last of them, which asks `firstTime`. Whoever handles the same events at the same
 * moment is kept out by a lock that is held already.
 */
export async function notHandled(transaction: Transaction, group: string, events: readonly Event[]): Promise<Event[]> {
  const rows = await transaction.query<{ id: string }>(getHandled, [events.map(({ id }) => id), group]);
  const seen = new Set(rows.map(({ id }) => id));
  return events.filter(({ id }) => !seen.has(id.toLowerCase()) && seen.add(id.toLowerCase()));
}
