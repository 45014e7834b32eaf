import type { Queryable } from '../../postgres/database.ts';
import type { Batch } from './window.ts';

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

export interface OffsetStore {
  /** Hands over the next batch, which may be empty, and moves on once it is handled. */
  advance(work: (batch: Batch, reader: Queryable) => Promise<void>): Promise<void>;
  /** What `outstanding` compares with: null when the offset is to be looked up in the database. */
  seen(): string | null;
  /** The server may have crashed and come back without what it had not yet written to disk. */
  distrust(): void;
}
