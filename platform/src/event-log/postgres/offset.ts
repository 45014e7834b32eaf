import { type Database, type Queryable, statement } from '../../postgres/database.ts';
import { lookBack } from './look-back.ts';

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
  /** The server may have crashed and come back without what it had not yet written to disk. */
  distrust(): void;
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

// Writes something, and waits until that is on disk, and so everything that is visible in the snapshot.
const begin = statement(
  'platform.beginAtCurrentSnapshot',
  `with here as materialized (select pg_current_snapshot()::text as snapshot)
   select snapshot, set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'starling.beginning', '')
   from here`,
);

/**
 * What is committed without waiting for the disk is on it within three times `wal_writer_delay`, which is 10 seconds at
 * most.
 */
const ON_DISK_AFTER_MS = 30_000;

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
    // It is in the same log as what it has seen: neither survives without the other.
    distrust() {},
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

export interface MemoryOffsetOptions {
  readonly topics: readonly string[];
  /** How far before the end of the log it begins. */
  readonly lookBackMs: number;
  readonly now?: () => number;
}

/**
 * An offset of this process alone, beginning at the end of the log, or somewhat before it. A crash of the server takes transactions with it that
 * had been visible and were not yet on disk, and their numbers are given out again: what the offset has seen of the last
 * moments may then be taken for something else. So it remembers a snapshot that is on disk, and goes back there.
 */
export async function memoryOffset(database: Database, options: MemoryOffsetOptions): Promise<OffsetStore> {
  const { topics, lookBackMs, now = () => performance.now() } = options;
  const [row] = await database.query<{ snapshot: string }>(begin);
  if (!row) throw new Error('The database has no current snapshot.');
  const beginning: Offset =
    lookBackMs > 0
      ? { seen: BEGINNING, window: await lookBack(database, topics, lookBackMs, row.snapshot) }
      : { seen: row.snapshot, window: null };
  let offset = beginning;
  let onDisk = beginning;
  /** On disk as well, once it is old enough. */
  let next = { offset: beginning, atMs: now() };
  let crashes = 0;

  const noteWhatIsOnDisk = () => {
    if (now() - next.atMs < ON_DISK_AFTER_MS) return;
    onDisk = next.offset;
    // A window may have been opened with what is not on disk; the one of the beginning was not.
    next = { offset: offset.seen === BEGINNING ? beginning : { seen: offset.seen, window: null }, atMs: now() };
  };
  return {
    seen: () => offset.seen,
    distrust() {
      crashes++;
      noteWhatIsOnDisk();
      offset = onDisk;
      next = { offset: onDisk, atMs: now() };
    },
    async advance(work) {
      const crashesBefore = crashes;
      // There is nothing to lock, so no connection is held while the batch is handled: a handler may wait for another
      // group, which asks its questions on these connections.
      const moved = await work(database, offset);
      if (!moved || crashes !== crashesBefore) return;
      offset = moved;
      noteWhatIsOnDisk();
    },
  };
}

/** The group goes on elsewhere. */
export async function forgetOffset(database: Queryable, group: string): Promise<void> {
  await database.query(forget, [group]);
}
