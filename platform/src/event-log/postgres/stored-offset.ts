import { type Connection, type Database, type Queryable, statement } from '../../postgres/database.ts';
import { BEGINNING, type Offset, type OffsetStore } from './offset.ts';
import { BATCH, type Batch, batchOf, type FreshRow, firstBeyond, readBatch } from './window.ts';

// Does not wait for a batch that another process of the group has in hand.
const register = statement(
  'platform.registerConsumerGroup',
  `insert into platform.consumer_offsets (consumer_group, topics, seen) values ($1, $2, $3::pg_snapshot)
   on conflict do nothing`,
);

const changeTopics = statement(
  'platform.changeTopics',
  `update platform.consumer_offsets set topics = $2 where consumer_group = $1 and topics <> $2`,
);

const turnOf = (group: string) => `hashtextextended('platform.turn ' || ${group}::text, 0)`;

/** From where a window is opened; null finds nothing, and looks nothing up. */
const opensFrom = 'case when turn.mine and stored.window_snapshot is null then stored.seen end';

/** The offset of group `$2`, and what lies beyond it when no window is open: one row at least. */
const take = (isMine: string) => `
  with turn as materialized (select ${isMine} as mine),
    stored as materialized (select * from platform.consumer_offsets where consumer_group = $2)
  select turn.mine, stored.seen::text, stored.window_snapshot::text as "windowSnapshot",
    stored.window_position as "windowPosition", stored.window_end as "windowEnd",
    pg_current_snapshot()::text as snapshot, fresh.*
  from turn
  left join stored on true
  left join lateral (${firstBeyond(opensFrom)}) as fresh on true
  order by fresh.position`;

const tryTurn = statement('platform.tryTurn', take(`pg_try_advisory_lock(${turnOf('$2')})`));
const waitForTurn = statement('platform.waitForTurn', `select pg_advisory_lock(${turnOf('$1')})`);
const readInTurn = statement('platform.readInTurn', take('true'));
const endTurn = statement('platform.endTurn', `select pg_advisory_unlock(${turnOf('$1')})`);

// From where the batch was read, and from nowhere else.
const move = statement(
  'platform.moveOffset',
  `update platform.consumer_offsets
   set seen = $2::pg_snapshot, window_snapshot = $3::pg_snapshot, window_position = $4, window_end = $5
   where consumer_group = $1 and seen::text = $6 and window_position is not distinct from $7`,
);

const forget = statement('platform.forgetOffset', 'delete from platform.consumer_offsets where consumer_group = $1');

type TurnRow = FreshRow & { readonly mine: boolean } & (
    | { readonly seen: string; readonly windowSnapshot: null }
    | {
        readonly seen: string;
        readonly windowSnapshot: string;
        readonly windowPosition: string;
        readonly windowEnd: string;
      }
    | { readonly seen: null }
  );

function offsetIn(row: TurnRow, group: string): Offset {
  if (row.seen === null) throw new Error(`The offset of the consumer group ${group} has been removed.`);
  if (row.windowSnapshot === null) return { seen: row.seen, window: null };
  const { windowSnapshot: snapshot, windowPosition: position, windowEnd: end } = row;
  return { seen: row.seen, window: { snapshot, position, end } };
}

/**
 * An offset in the database. Processes of one group take turns: who has the turn holds an advisory lock on a connection, which
 * the server ends with the connection. What is written is the offset (and dead letters), and is not durable: after a crash the
 * log delivers again, as it does when an offset was read in the moment in which another process moved it.
 */
export async function storedOffset(database: Database, group: string, topics: readonly string[]): Promise<OffsetStore> {
  await database.query(register, [group, topics, BEGINNING]);
  await database.query(changeTopics, [group, topics]);

  const takeTurn = async (connection: Connection): Promise<readonly TurnRow[]> => {
    const values = [topics, group, BATCH + 1];
    const rows = await connection.query<TurnRow>(tryTurn, values);
    if (rows[0]?.mine) return rows;
    await connection.query(waitForTurn, [group]);
    return connection.query<TurnRow>(readInTurn, values);
  };

  const readNext = (reader: Queryable, rows: readonly TurnRow[], offset: Offset): Promise<Batch> =>
    offset.window ? readBatch(reader, topics, offset) : batchOf(rows, reader, topics, offset.seen);

  const moveOn = async (connection: Connection, from: Offset, next: Offset): Promise<void> => {
    const { snapshot = null, position = null, end = null } = next.window ?? {};
    const values = [group, next.seen, snapshot, position, end, from.seen, from.window?.position ?? null];
    await connection.query(move, values);
  };

  let turnEnded: Promise<void> = Promise.resolve();

  return {
    seen: () => null,
    // It is in the same log as what it has seen: neither survives without the other.
    distrust() {},
    async advance(work) {
      await turnEnded;
      const connection = await database.connect();
      try {
        const rows = await takeTurn(connection);
        const [row] = rows;
        if (!row) throw new Error('A turn without a row.');
        const offset = offsetIn(row, group);
        const batch = await readNext(connection, rows, offset);
        await work(batch, connection);
        if (batch.next) await moveOn(connection, offset, batch.next);
      } finally {
        // Nobody who waits for the batch waits for this. A connection that cannot say it is closed, which says the same.
        turnEnded = connection.query(endTurn, [group]).then(
          () => connection.release(),
          (error: Error) => connection.release(error),
        );
      }
    },
  };
}

/** The group goes on elsewhere. */
export async function forgetOffset(database: Queryable, group: string): Promise<void> {
  await database.query(forget, [group]);
}
