import type { Event, EventLog, NewEvent } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { uuidv7 } from 'uuidv7';

export const TOPIC = 'tests.number';

/** An event that carries a number. */
export function numbered(number: number, key = 'k', topic = TOPIC): NewEvent {
  return { id: uuidv7(), topic, name: 'number.drawn.v1', key, payload: { number } };
}

export function numbersOf(events: readonly Event[]): number[] {
  return events.map(({ payload }) => (payload as { number: number }).number);
}

/** Commits numbers as events, in one transaction. */
export async function commit(database: Database, log: EventLog, ...numbers: readonly number[]): Promise<void> {
  await database.transaction((transaction) =>
    log.append(
      transaction,
      numbers.map((number) => numbered(number)),
    ),
  );
}
