import { type Queryable, statement } from '../postgres/database.ts';

/** An event that a group has gone on without, as it is kept, whichever log delivered it. */
export interface KeptDeadLetter {
  readonly eventId: string;
  readonly group: string;
  /** Of the event itself. */
  readonly topic: string;
  readonly name: string;
  readonly key: string;
  readonly payload: unknown;
  readonly occurredAt: Date;
  /** The last failure, with its stack. */
  readonly error: string;
  readonly attempts: number;
  readonly deadAt: Date;
}

export interface LetterChoice {
  /** Only of this event. */
  readonly eventId?: string | undefined;
  readonly topic?: string | undefined;
  readonly group?: string | undefined;
}

const SUFFIX = '.dead-letter';

const chosen = `($1::uuid is null or event_id = $1) and ($2::text is null or topic = $2) and ($3::text is null or consumer_group = $3)`;

const listLetters = statement(
  'platform.listDeadLetters',
  `select event_id as "eventId", consumer_group as "group", left(topic, -length('${SUFFIX}')) as topic, name, key, payload,
     occurred_at as "occurredAt", error, attempts, dead_at as "deadAt"
   from platform.dead_letters where ${chosen}
   order by dead_at, event_id, consumer_group limit $4`,
);

// An event that several groups could not handle is sent once, and its letters are gone in the same moment.
const replayLetters = statement(
  'platform.replayDeadLetters',
  `with opened as (
     delete from platform.dead_letters where ${chosen}
     returning event_id, topic, name, key, payload, occurred_at
   ), events as (
     select distinct on (event_id) * from opened order by event_id
   ), sent as (
     insert into platform.outbox (id, topic, name, key, payload, occurred_at)
     select event_id, left(topic, -length('${SUFFIX}')), name, key, payload, occurred_at from events
     order by occurred_at, event_id
     returning id
   )
   select (select count(*)::int from opened) as letters, (select count(*)::int from sent) as events`,
);

const valuesOf = ({ eventId, topic, group }: LetterChoice) => [
  eventId ?? null,
  topic === undefined ? null : `${topic}${SUFFIX}`,
  group ?? null,
];

/** The oldest letters, at most `limit`. */
export function listDeadLetters(
  database: Queryable,
  choice: LetterChoice = {},
  limit = 1_000,
): Promise<KeptDeadLetter[]> {
  return database.query<KeptDeadLetter>(listLetters, [...valuesOf(choice), limit]);
}

/**
 * Puts the letters' events into the outbox again under their old ids, and takes the letters away. Every group of the topic
 * is given the event; those that have handled it know its id, and those that could not handle it try again.
 */
export async function replayDeadLetters(
  database: Queryable,
  choice: LetterChoice,
): Promise<{ readonly letters: number; readonly events: number }> {
  const [row] = await database.query<{ letters: number; events: number }>(replayLetters, valuesOf(choice));
  return row ?? { letters: 0, events: 0 };
}
