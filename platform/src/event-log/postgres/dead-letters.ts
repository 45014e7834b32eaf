import { type Queryable, statement } from '../../postgres/database.ts';
import type { DeadLetter } from './deliver.ts';

const ERROR_LENGTH = 4_000;

const keepDeadLetters = statement(
  'platform.keepDeadLetters',
  `insert into platform.dead_letters (event_id, consumer_group, topic, name, key, payload, occurred_at, error, attempts)
   select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[],
     $8::text[], $9::int[])
   on conflict (event_id, consumer_group) do update
   set error = excluded.error, attempts = excluded.attempts, dead_at = now()`,
);

/** Keeps events on their dead-letter topics (`<topic>.dead-letter`) with the reason. */
export async function keep(transaction: Queryable, dead: readonly DeadLetter[]): Promise<void> {
  if (dead.length === 0) return;
  await transaction.query(keepDeadLetters, [
    dead.map(({ event }) => event.id),
    dead.map(({ group }) => group),
    dead.map(({ event }) => `${event.topic}.dead-letter`),
    dead.map(({ event }) => event.name),
    dead.map(({ event }) => event.key),
    dead.map(({ event }) => JSON.stringify(event.payload)),
    dead.map(({ event }) => event.occurredAt),
    // PostgreSQL's text holds no zero character.
    dead.map(({ error }) => (error.stack ?? error.message).replaceAll('\0', '').slice(0, ERROR_LENGTH)),
    dead.map(({ attempts }) => attempts),
  ]);
}
