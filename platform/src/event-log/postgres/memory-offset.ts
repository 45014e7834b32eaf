import { type Database, statement } from '../../postgres/database.ts';
import { lookBack } from './look-back.ts';
import { BEGINNING, type Offset, type OffsetStore } from './offset.ts';
import { readBatch } from './window.ts';

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

export interface MemoryOffsetOptions {
  readonly topics: readonly string[];
  /** How far before the end of the log it begins. */
  readonly lookBackMs: number;
  /** Events of a batch, at most. */
  readonly most: number;
  readonly now?: () => number;
}

/**
 * An offset of this process alone, beginning at the end of the log, or somewhat before it. A crash of the server takes transactions with it that
 * had been visible and were not yet on disk, and their numbers are given out again: what the offset has seen of the last
 * moments may then be taken for something else. So it remembers a snapshot that is on disk, and goes back there.
 */
export async function memoryOffset(database: Database, options: MemoryOffsetOptions): Promise<OffsetStore> {
  const { topics, lookBackMs, most, now = () => performance.now() } = options;
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
      const batch = await readBatch(database, topics, offset, most);
      await work(batch, database);
      if (!batch.next || crashes !== crashesBefore) return;
      offset = batch.next;
      noteWhatIsOnDisk();
    },
  };
}
