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

export interface Outstanding {
  /** Of those that were asked about. */
  readonly places: ReadonlySet<number>;
  readonly asOf: AsOf;
}

/** Asks of each group, given what it has seen (null when its offset is in the database). */
export type Question = (reader: Queryable, seen: readonly (string | null)[]) => Promise<Outstanding>;

// One row per group and topic; each is answered by two look-ups in the index by topic and transaction.
const findOutstanding = statement(
  'platform.findOutstanding',
  `select pg_current_snapshot()::text as snapshot, pg_backend_pid() as backend, array(
   select distinct asked.place
   from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as asked(place, consumer_group, topic, seen)
   left join platform.consumer_offsets as stored
     on asked.seen is null and stored.consumer_group = asked.consumer_group
   cross join lateral (select coalesce(asked.seen::pg_snapshot, stored.seen) as seen) as offsets
   where offsets.seen is null
     or stored.window_snapshot is not null
     or exists (
       select from platform.outbox
       where topic = asked.topic and transaction_id >= pg_snapshot_xmax(offsets.seen)
     )
     or exists (
       select from platform.outbox
       where topic = asked.topic and transaction_id = any(array(select pg_snapshot_xip(offsets.seen)))
     )) as places`,
);

/** An array as PostgreSQL reads it. The driver's own way takes several times as long, and this is asked all the time. */
export function arrayOf(values: readonly (string | number)[]): string {
  return `{${values.map((value) => `"${`${value}`.replace(/["\\]/g, '\\$&')}"`).join()}}`;
}

/** A question about groups: which of them have not handled everything that is committed to their topics now, as places in `asked`. */
export function questionAbout(asked: readonly Asked[]): Question {
  const pairs = asked.flatMap(({ group, topics }, place) => topics.map((topic) => ({ place, group, topic })));
  const same = [
    arrayOf(pairs.map(({ place }) => place)),
    arrayOf(pairs.map(({ group }) => group)),
    arrayOf(pairs.map(({ topic }) => topic)),
  ];
  return async (reader, seen) => {
    // Snapshots are numbers with commas and colons between them.
    const snapshots = `{${pairs.map(({ place }) => (seen[place] == null ? 'NULL' : `"${seen[place]}"`)).join()}}`;
    const [row] = await reader.query<AsOf & { places: number[] }>(findOutstanding, [...same, snapshots]);
    if (!row) throw new Error('A statement did not say what is outstanding.');
    const { places, ...asOf } = row;
    return { places: new Set(places), asOf };
  };
}
