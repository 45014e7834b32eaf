import { type Queryable, statement } from '../../postgres/database.ts';

/** A group as the question needs it. */
export interface Asked {
  readonly group: string;
  readonly topics: readonly string[];
}

/**
 * The transactions of what a group has not handled, as far as they were read; undefined when there is too much of it, or
 * something that is not known, so that nobody can tell when it is handled but by another question.
 */
export type Unhandled = readonly string[] | undefined;

/**
 * Asks of each group, given what it has seen (null when its offset is in the database). Answers by places in `asked`;
 * of a group that has handled everything there is nothing.
 */
export type Question = (reader: Queryable, seen: readonly (string | null)[]) => Promise<Map<number, Unhandled>>;

/** Events of one group and topic that are looked at, at most, of those behind a snapshot and of those under way in it each. */
const MOST_NAMED = 10;

// A few rows per group and topic; each is answered by two look-ups in the index by topic and transaction.
const findOutstanding = statement(
  'platform.findOutstanding',
  `select asked.place::int as place, asked.topic, fresh.transaction_id as "transaction"
   from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as asked(place, consumer_group, topic, seen)
   left join platform.consumer_offsets as stored
     on asked.seen is null and stored.consumer_group = asked.consumer_group
   cross join lateral (select coalesce(asked.seen::pg_snapshot, stored.seen) as seen) as offsets
   cross join lateral (
     select null::xid8 as transaction_id where offsets.seen is null or stored.window_snapshot is not null
     union all (
       select transaction_id from platform.outbox
       where topic = asked.topic and transaction_id >= pg_snapshot_xmax(offsets.seen) limit ${MOST_NAMED}
     )
     union all (
       select transaction_id from platform.outbox
       where topic = asked.topic and transaction_id = any(array(select pg_snapshot_xip(offsets.seen))) limit ${MOST_NAMED}
     )
   ) as fresh`,
);

interface FoundRow {
  readonly place: number;
  readonly topic: string;
  readonly transaction: string | null;
}

function unhandledIn(rows: readonly FoundRow[]): Map<number, Unhandled> {
  const found = new Map<number, Set<string> | undefined>();
  const looked = new Map<string, number>();
  for (const { place, topic, transaction } of rows) {
    const pair = `${place} ${topic}`;
    const events = (looked.get(pair) ?? 0) + 1;
    looked.set(pair, events);
    const transactions = found.has(place) ? found.get(place) : new Set<string>();
    if (transaction !== null) transactions?.add(transaction);
    found.set(place, transaction === null || events >= MOST_NAMED ? undefined : transactions);
  }
  return new Map([...found].map(([place, transactions]) => [place, transactions && [...transactions]]));
}

/** An array as PostgreSQL reads it. The driver's own way takes several times as long, and this is asked all the time. */
function arrayOf(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"${`${value}`.replace(/["\\]/g, '\\$&')}"`)).join()}}`;
}

/** A question about groups: what of all that is committed to their topics now they have not handled. */
export function questionAbout(asked: readonly Asked[]): Question {
  const pairs = asked.flatMap(({ group, topics }, place) => topics.map((topic) => ({ place, group, topic })));
  const same = [
    arrayOf(pairs.map(({ place }) => place)),
    arrayOf(pairs.map(({ group }) => group)),
    arrayOf(pairs.map(({ topic }) => topic)),
  ];
  return async (reader, seen) => {
    if (pairs.length === 0) return new Map();
    const snapshots = arrayOf(pairs.map(({ place }) => seen[place] ?? null));
    return unhandledIn(await reader.query<FoundRow>(findOutstanding, [...same, snapshots]));
  };
}
