import { type Connection, type Database, type Queryable, statement } from '../../postgres/database.ts';
import { BEGINNING, type Offset, type OffsetStore } from './offset.ts';
import { type Batch, batchOf, type FreshRow, readBatch } from './window.ts';

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

const takeTurn = statement(
  'platform.takeTurn',
  `select seen, window_snapshot as "windowSnapshot", window_position as "windowPosition", window_end as "windowEnd",
     snapshot, position, id, topic, name, key, payload, occurred_at as "occurredAt"
   from platform.take_turn($1, $2, $3)`,
);

const endTurn = statement('platform.endTurn', 'select platform.end_turn($1)');

// From where the batch was read, and from nowhere else.
const move = statement(
  'platform.moveOffset',
  `update platform.consumer_offsets
   set seen = $2::pg_snapshot, window_snapshot = $3::pg_snapshot, window_position = $4, window_end = $5
   where consumer_group = $1 and seen::text = $6 and window_position is not distinct from $7`,
);

const forget = statement('platform.forgetOffset', 'delete from platform.consumer_offsets where consumer_group = $1');

type TurnRow = FreshRow & { readonly seen: string } & (
    | { readonly windowSnapshot: null }
    | { readonly windowSnapshot: string; readonly windowPosition: string; readonly windowEnd: string }
  );

function offsetIn(row: TurnRow): Offset {
  if (row.windowSnapshot === null) return { seen: row.seen, window: null };
  const { windowSnapshot: snapshot, windowPosition: position, windowEnd: end } = row;
  return { seen: row.seen, window: { snapshot, position, end } };
}

/**
 * An offset in the database. Processes of one group take turns: who has the turn holds an advisory lock of its session, which
 * the server ends with the connection. What is written is the offset (and dead letters), and is not durable: after a crash the
 * log delivers again. A batch holds `most` events.
 */
export async function storedOffset(
  database: Database,
  group: string,
  topics: readonly string[],
  most: number,
): Promise<OffsetStore> {
  await database.query(register, [group, topics, BEGINNING]);
  await database.query(changeTopics, [group, topics]);

  /** The next batch, and from where it goes. */
  const takeBatch = async (connection: Connection): Promise<{ from: Offset; batch: Batch }> => {
    const rows = await connection.query<TurnRow>(takeTurn, [group, topics, most + 1]);
    const [first] = rows;
    if (!first) throw new Error(`The offset of the consumer group ${group} has been removed.`);
    const from = offsetIn(first);
    const batch = await (from.window
      ? readBatch(connection, topics, from, most)
      : batchOf(rows, connection, topics, from.seen, most));
    return { from, batch };
  };

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
        const { from, batch } = await takeBatch(connection);
        await work(batch, connection);
        if (batch.next) await moveOn(connection, from, batch.next);
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
