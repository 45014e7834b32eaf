import { type Queryable, type Statement, statement } from '../../postgres/database.ts';
import type { NewEvent } from '../event.ts';
import type { Change, CheckedChange } from '../event-log.ts';

// What nearly every command appends: one event costs less without arrays.
const appendEvent = statement(
  'platform.appendEvent',
  'insert into platform.outbox (id, topic, name, key, payload) values ($1, $2, $3, $4, $5)',
);

/** Statements with an event's insertion around them, by name: as many as the code has. */
const withEvent = new Map<string, Statement>();

function statementWithEvent({ name, text }: Statement, values: number): Statement {
  const known = withEvent.get(name);
  if (known) return known;
  const event = [1, 2, 3, 4, 5].map((place) => `$${values + place}`).join(', ');
  const made = statement(
    `${name}.withEvent`,
    `with change as (${text}) insert into platform.outbox (id, topic, name, key, payload) values (${event})`,
  );
  withEvent.set(name, made);
  return made;
}

/** A change and its event, in one statement: the whole of a transaction. */
export async function commitWithEvent(database: Queryable, change: Change, event: NewEvent): Promise<void> {
  const { id, topic, name, key, payload } = event;
  const values = [...change.values, id, topic, name, key, JSON.stringify(payload)];
  await database.query(statementWithEvent(change.statement, change.values.length), values);
}

function checkedStatement({ name, queries }: CheckedChange, values: number): Statement {
  const known = withEvent.get(name);
  if (known) return known;
  const [id, topic, event, key, payload] = [1, 2, 3, 4, 5].map((place) => `$${values + place}`);
  const made = statement(
    name,
    `with ${queries}, event as (
       insert into platform.outbox (id, topic, name, key, payload)
       select ${id}::uuid, ${topic}, ${event}, ${key}, ${payload}::jsonb || coalesce(told, '{}') from change where made
     ) select * from change`,
  );
  withEvent.set(name, made);
  return made;
}

/** A change that finds out whether it is to be made, and if so its event, in one statement: the whole of a transaction. */
export async function commitChecked<Row extends object>(
  database: Queryable,
  change: CheckedChange,
  event: NewEvent,
): Promise<Row> {
  const { id, topic, name, key, payload } = event;
  const values = [...change.values, id, topic, name, key, JSON.stringify(payload)];
  const [row] = await database.query<Row>(checkedStatement(change, change.values.length), values);
  if (!row) throw new Error(`${change.name} answered nothing.`);
  return row;
}

/** Events per statement: beyond it, the statement's parameters grow large for nothing. */
const CHUNK = 5_000;

// Positions are given out in the order of the rows that are inserted: the sort holds the order of the arguments.
const appendEvents = statement(
  'platform.appendEvents',
  `insert into platform.outbox (id, topic, name, key, payload)
   select id, topic, name, key, payload
   from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[])
     with ordinality as event(id, topic, name, key, payload, place)
   order by place`,
);

export async function append(transaction: Queryable, events: readonly NewEvent[]): Promise<void> {
  const [only] = events;
  if (only && events.length === 1) {
    const { id, topic, name, key, payload } = only;
    await transaction.query(appendEvent, [id, topic, name, key, JSON.stringify(payload)]);
    return;
  }
  for (let start = 0; start < events.length; start += CHUNK) {
    const chunk = events.slice(start, start + CHUNK);
    await transaction.query(appendEvents, [
      chunk.map(({ id }) => id),
      chunk.map(({ topic }) => topic),
      chunk.map(({ name }) => name),
      chunk.map(({ key }) => key),
      chunk.map(({ payload }) => JSON.stringify(payload)),
    ]);
  }
}
