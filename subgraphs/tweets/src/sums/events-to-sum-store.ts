import type { Event } from '@starling/platform/event-log';
import { type Queryable, statement } from '@starling/platform/postgres';
import { BASE } from '../count-state-store.ts';
import { eventsToSum, MOST_TO_COUNT } from '../events-to-count.ts';
import type { Place } from './count-sums.ts';

const getEventsToSumStatement = statement(
  'tweets.getEventsToSum',
  `WITH state AS (SELECT (SELECT ${BASE} FROM tweets.counts_written) AS base)
   SELECT state.base, pg_current_snapshot()::text AS snapshot, event.id, event.name, event.payload, event.handled
   FROM state LEFT JOIN LATERAL ${eventsToSum('CASE WHEN state.base = $1 THEN $2::pg_snapshot END')} AS event ON true`,
);

/** What the changes of an event are made of. */
export type EventToSum = Pick<Event, 'id' | 'name' | 'payload'>;

export interface EventsToSum {
  /** Where sums are that have these events. Undefined before anything was ever counted in rows. */
  readonly to: Place | undefined;
  /** Beyond the place that was asked about, if that is of the present state of the rows; otherwise all that are not counted in them. */
  readonly events: readonly EventToSum[];
  /** There are more than are taken at once: these are not all. */
  readonly isBehind: boolean;
}

type Row = { readonly base: string | null; readonly snapshot: string } & (
  | { readonly id: null }
  | (EventToSum & { readonly handled: boolean })
);

export async function getEventsToSum(database: Queryable, from: Place | undefined): Promise<EventsToSum> {
  const rows = await database.query<Row>(getEventsToSumStatement, [from?.base ?? null, from?.snapshot ?? null]);
  const [first] = rows;
  if (!first) throw new Error('A statement did not say where the rows of counts stand.');
  const { base, snapshot } = first;
  const events = new Map<string, EventToSum>();
  for (const row of rows) if (row.id !== null && !row.handled) events.set(row.id, row);
  return {
    to: base === null ? undefined : { base, snapshot },
    events: [...events.values()],
    isBehind: rows.length > MOST_TO_COUNT,
  };
}
