import type { Database } from '@starling/platform/postgres';
import { endOfBatch, newestAnnouncement, type Range } from './announcement-store.ts';

export interface AnnouncementTailOptions {
  readonly database: Database;
  readonly hasReaders: () => boolean;
  readonly deliver: (range: Range) => Promise<void>;
  /** Told that there are fewer announcements than were delivered: the database is an earlier one, and the tail begins anew. */
  readonly lost: (newest: bigint) => void;
}

/** Follows announcements in the order of their numbers while there is somebody to tell. */
export interface AnnouncementTail {
  /** Every announcement up to this number has been delivered to whoever was there; undefined while nobody is. */
  readonly position: bigint | undefined;
  /** Told of a reader who is there now: what is announced from the moment on in which this resolves is delivered to them. */
  follow(): Promise<void>;
  /** Delivers everything there is. One call at a time. A failure leaves the position where the last good batch ended. */
  drain(): Promise<void>;
}

export function announcementTail({ database, hasReaders, deliver, lost }: AnnouncementTailOptions): AnnouncementTail {
  /** Undefined while nobody reads: nothing is asked for then, and whoever comes begins at the newest. */
  let position: bigint | undefined;
  let beginning: Promise<void> | undefined;

  async function begin(): Promise<void> {
    try {
      position = await newestAnnouncement(database);
    } finally {
      beginning = undefined;
    }
  }

  return {
    get position() {
      return position;
    },
    async follow() {
      if (position !== undefined) return;
      beginning ??= begin();
      await beginning;
    },
    async drain() {
      // What is announced while the first reader's place is looked up may lie beyond it.
      await beginning;
      while (position !== undefined) {
        if (!hasReaders()) {
          position = undefined;
          return;
        }
        const newest = await newestAnnouncement(database);
        if (newest < position) {
          position = newest;
          lost(newest);
        }
        if (newest === position) return;
        const upTo = await endOfBatch(database, { after: position, upTo: newest });
        await deliver({ after: position, upTo });
        position = upTo;
      }
    },
  };
}
