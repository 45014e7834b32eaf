import { type Queryable, statement } from '../../postgres/database.ts';

/** A group as the question needs it. */
export interface Asked {
  readonly group: string;
  readonly topics: readonly string[];
}

/** Where the database stood when it was asked: a snapshot, and the server's process, with which snapshots are compared. */
export interface AsOf {
  readonly snapshot: string;
  readonly backend: number;
}

/**
 * The transactions of what a group has not handled, as far as they were read; undefined when there is too much of it, or
 * something that is not known, so that nobody can tell when it is handled but by another question.
 */
export type Unhandled = readonly string[] | undefined;

export interface Found {
  /** By places in what was asked; of a group that has handled everything there is nothing. */
  readonly unhandled: ReadonlyMap<number, Unhandled>;
  readonly asOf: AsOf;
}

/** Asks of each group, given what it has seen (null when its offset is in the database). */
export type Question = (reader: Queryable, seen: readonly (string | null)[]) => Promise<Found>;

/** Events of one group and topic that are looked at, at most, of those behind a snapshot and of those under way in it each. */
const MOST_NAMED = 10;

// Of each pair of a group and a topic a few rows; each is answered by two look-ups in the index by topic and transaction. They come
// as one text: `pair` or `pair transaction`, with commas between them.
const findOutstanding = statement(
  'platform.findOutstanding',
  `select pg_current_snapshot()::text as snapshot, pg_backend_pid() as backend, (
   select string_agg(concat_ws(' ', asked.pair, fresh.transaction_id), ',')
   from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as asked(pair, consumer_group, topic, seen)
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
   ) as fresh) as found`,
);

/** An array as PostgreSQL reads it. The driver's own way takes several times as long, and this is asked all the time. */
export function arrayOf(values: readonly (string | number)[]): string {
  return `{${values.map((value) => `"${`${value}`.replace(/["\\]/g, '\\$&')}"`).join()}}`;
}

/** What a text of the statement says, by places. */
function unhandledIn(found: string | null, placeOf: (pair: number) => number): Map<number, Unhandled> {
  const unhandled = new Map<number, Set<string> | undefined>();
  const named = new Map<number, number>();
  for (const row of found?.split(',') ?? []) {
    const [pairText, transaction] = row.split(' ');
    const pair = Number(pairText);
    const place = placeOf(pair);
    const events = (named.get(pair) ?? 0) + 1;
    named.set(pair, events);
    const transactions = unhandled.has(place) ? unhandled.get(place) : new Set<string>();
    if (transaction !== undefined) transactions?.add(transaction);
    unhandled.set(place, transaction === undefined || events >= MOST_NAMED ? undefined : transactions);
  }
  return new Map([...unhandled].map(([place, transactions]) => [place, transactions && [...transactions]]));
}

/** A question about groups: what of all that is committed to their topics now they have not handled. */
export function questionAbout(asked: readonly Asked[]): Question {
  const pairs = asked.flatMap(({ group, topics }, place) => topics.map((topic) => ({ place, group, topic })));
  const placeOf = (pair: number) => pairs[pair]?.place ?? 0;
  const same = [
    arrayOf(pairs.map((_, pair) => pair)),
    arrayOf(pairs.map(({ group }) => group)),
    arrayOf(pairs.map(({ topic }) => topic)),
  ];
  return async (reader, seen) => {
    // Snapshots are numbers with commas and colons between them.
    const snapshots = `{${pairs.map(({ place }) => (seen[place] == null ? 'NULL' : `"${seen[place]}"`)).join()}}`;
    const [row] = await reader.query<AsOf & { found: string | null }>(findOutstanding, [...same, snapshots]);
    if (!row) throw new Error('A statement did not say what is outstanding.');
    const { found, ...asOf } = row;
    return { unhandled: unhandledIn(found, placeOf), asOf };
  };
}
