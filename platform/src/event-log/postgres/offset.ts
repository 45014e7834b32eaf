import { type Database, type Queryable, statement } from '../../postgres/database.ts';

/** A window of the log that a group is going through: what is visible in `snapshot` and was not in `Offset.seen`. */
export interface Window {
  readonly snapshot: string;
  /** Handled up to here, in the order of positions. */
  readonly position: string;
  /** No row of the window lies beyond. */
  readonly end: string;
}

/** How far a group has come. Snapshots are PostgreSQL's `pg_snapshot` as text. */
export interface Offset {
  /** Everything visible in it has been handled. */
  readonly seen: string;
  readonly window: Window | null;
}

/** A snapshot in which nothing is visible. */
export const BEGINNING = '1:1:';

/** Holds an offset still while a batch is handled, and moves it when `work` says where to; null leaves it. */
export interface OffsetStore {
  advance(work: (reader: Queryable, offset: Offset) => Promise<Offset | null>): Promise<void>;
  /** What `outstanding` compares with: null when the offset is to be looked up in the database. */
  seen(): string | null;
  /**
   * The database was away. A crash takes back transactions that waited for no disk, and gives their numbers out again: a
   * snapshot from before may take what is new for seen.
   */
  interrupted(): void;
}

// Does not wait for a batch that another process of the group has in hand, unless the topics have changed.
const register = statement(
  'platform.registerConsumerGroup',
  `insert into platform.consumer_offsets (consumer_group, topics, seen) values ($1, $2, $3::pg_snapshot)
   on conflict do nothing`,
);

const changeTopics = statement(
  'platform.changeTopics',
  `update platform.consumer_offsets set topics = $2 where consumer_group = $1 and topics <> $2`,
);

const lock = statement(
  'platform.lockOffset',
  `select seen::text, window_snapshot::text as snapshot, window_position as position, window_end as "end"
   from platform.consumer_offsets where consumer_group = $1 for update`,
);

const move = statement(
  'platform.moveOffset',
  `update platform.consumer_offsets
   set seen = $2::pg_snapshot, window_snapshot = $3::pg_snapshot, window_position = $4, window_end = $5
   where consumer_group = $1`,
);

const forget = statement('platform.forgetOffset', 'delete from platform.consumer_offsets where consumer_group = $1');

type OffsetRow = { seen: string } & ({ snapshot: null } | Window);

/**
 * An offset in the database, locked while its batch is handled: processes of one group take turns. The transaction writes
 * nothing but the offset (and dead letters) and is not durable: after a crash the log delivers again.
 */
export async function storedOffset(database: Database, group: string, topics: readonly string[]): Promise<OffsetStore> {
  await database.query(register, [group, topics, BEGINNING]);
  await database.query(changeTopics, [group, topics]);
  return {
    seen: () => null,
    // It is in the database itself, whose crash takes it back as well.
    interrupted() {},
    advance: (work) =>
      database.transaction(async (transaction) => {
        const [row] = await transaction.query<OffsetRow>(lock, [group]);
        if (!row) throw new Error(`The offset of the consumer group ${group} has been removed.`);
        const { seen, ...window } = row;
        const next = await work(transaction, { seen, window: window.snapshot === null ? null : window });
        if (!next) return;
        const { snapshot = null, position = null, end = null } = next.window ?? {};
        await transaction.query(move, [group, next.seen, snapshot, position, end]);
      }),
  };
}

/** The group goes on elsewhere. */
export async function forgetOffset(database: Queryable, group: string): Promise<void> {
  await database.query(forget, [group]);
}
