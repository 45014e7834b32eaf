import type { Database } from '@starling/platform/postgres';
import { endOfBatch, newestAnnouncement, type Range } from './announcement-store.ts';

export interface AnnouncementTailOptions {
  readonly database: Database;
  readonly hasReaders: () => boolean;
  readonly deliver: (range: Range) => Promise<void>;
  /** Told that there are fewer announcements than were delivered: the database is an earlier one, and the tail begins anew. */
  readonly lost: (newest: bigint) => void;
}

/** Follows announcements in the order of their numbers, from the newest one at the start. */
export interface AnnouncementTail {
  start(): Promise<void>;
  /** Delivers everything there is. One call at a time. A failure leaves the position where the last good batch ended. */
  drain(): Promise<void>;
}

export function announcementTail({ database, hasReaders, deliver, lost }: AnnouncementTailOptions): AnnouncementTail {
  let position = 0n;
  return {
    async start() {
      position = await newestAnnouncement(database);
    },
    async drain() {
      for (;;) {
        const newest = await newestAnnouncement(database);
        if (newest < position) {
          position = newest;
          lost(newest);
        }
        if (newest === position) return;
        // Whoever comes after this reads a list that holds these already.
        if (!hasReaders()) {
          position = newest;
          return;
        }
        const upTo = await endOfBatch(database, { after: position, upTo: newest });
        await deliver({ after: position, upTo });
        position = upTo;
      }
    },
  };
}
