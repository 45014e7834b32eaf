import { type Queryable, statement } from '../../postgres/database.ts';

/** A group as the question needs it; `seen` is null when its offset is in the database. */
export interface Asked {
  readonly group: string;
  readonly topics: readonly string[];
  readonly seen: string | null;
}

// One row per group and topic; each is answered by two look-ups in the index by topic and transaction.
const findOutstanding = statement(
  'platform.findOutstanding',
  `select distinct asked.place::int as place
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
     )`,
);

/** Which of the groups have not handled everything that is committed to their topics now: their places in `asked`. */
export async function outstanding(reader: Queryable, asked: readonly Asked[]): Promise<Set<number>> {
  const pairs = asked.flatMap(({ group, topics, seen }, place) =>
    topics.map((topic) => ({ place, group, topic, seen })),
  );
  if (pairs.length === 0) return new Set();
  const rows = await reader.query<{ place: number }>(findOutstanding, [
    pairs.map(({ place }) => place),
    pairs.map(({ group }) => group),
    pairs.map(({ topic }) => topic),
    pairs.map(({ seen }) => seen),
  ]);
  return new Set(rows.map(({ place }) => place));
}
