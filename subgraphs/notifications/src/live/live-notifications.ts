import { atMost, type CatchesUp } from '@starling/platform/batching';
import { badUserInput } from '@starling/platform/graphql';
import { type UpdateQueue, untilKnown, updateQueue } from '@starling/platform/live';
import { decodeCursor } from '@starling/platform/pagination';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import type { StreamGapReason } from '../generated/types.ts';
import {
  type Announcement,
  isStillTold,
  listAnnouncements,
  listMissedAnnouncements,
  newestAnnouncement,
} from './announcement-store.ts';
import { type AnnouncementTail, announcementTail } from './announcement-tail.ts';
import { gap, isStreamPosition, type NotificationUpdate, streamOf, updateFor } from './notification-update.ts';

export const LONGEST_WAITING_LINE = 1_000;
/** Updates that are made good to one reader, at most. */
export const MOST_MISSED_UPDATES = 1_000;
/** After a restart everybody comes back at once: most of the database's connections stay free for other work. */
const READERS_AT_ONCE = 3;

interface Due {
  readonly update: NotificationUpdate;
  readonly position: bigint;
  /** Of an announcement, which must still be shown when it is delivered after a wait; not of a gap. */
  readonly announced: string | null;
}

/** The value that the subscription is executed on. */
export interface NotificationUpdates {
  readonly notificationAdded: NotificationUpdate;
}

export interface Watch {
  /** The cursor of the last update that the viewer has. */
  readonly after?: string | null | undefined;
  /** Whoever asks has lost something: a stream that cannot go on after `after` begins with a gap of this reason. */
  readonly gapReason?: StreamGapReason | null | undefined;
}

/** The notifications that somebody watches in this process. */
export interface LiveNotifications {
  /** What comes to the viewer: beyond `after`, or from this call on. Rejects when `after` is no cursor of the stream. */
  watch(viewerId: string, watch: Watch): Promise<AsyncIterableIterator<NotificationUpdates>>;
  /** Feeds the watchers. */
  readonly tail: AnnouncementTail;
  /** Ends every watcher's stream, and lets nobody watch any more. */
  endAll(): void;
}

export interface LiveNotificationsParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

const dueOf = (announcement: Announcement): Due => ({
  update: updateFor(announcement),
  position: BigInt(announcement.announced),
  announced: announcement.announced,
});

const gapAt = (viewerId: string, position: bigint, reason: StreamGapReason): Due => ({
  update: gap(viewerId, position, reason),
  position,
  announced: null,
});

export function liveNotifications({ database, copies, logger }: LiveNotificationsParts): LiveNotifications {
  const watchers = new Map<string, Set<UpdateQueue<Due>>>();
  const inTurn = atMost(READERS_AT_ONCE);
  let ended = false;

  const tail = announcementTail({
    database,
    hasReaders: () => watchers.size > 0,
    async deliver(range) {
      for (const announcement of await listAnnouncements(database, range, [...watchers.keys()])) {
        for (const queue of watchers.get(announcement.viewerId) ?? []) queue.push(dueOf(announcement));
      }
    },
    lost(newest) {
      for (const [viewerId, queues] of watchers) {
        for (const queue of queues) queue.begin([gapAt(viewerId, newest, 'BROKER_RESTARTED')], () => true);
      }
    },
  });

  function enter(viewerId: string): UpdateQueue<Due> {
    const isStillDue = async ({ announced }: Due): Promise<boolean> => {
      if (announced === null) return true;
      const check = async () => {
        await copies.caughtUp();
        return isStillTold(database, viewerId, announced);
      };
      return untilKnown(check, () => queue.hasEnded, logger);
    };
    const queue: UpdateQueue<Due> = updateQueue<Due>({
      capacity: LONGEST_WAITING_LINE,
      gapAfter: ({ position }) => gapAt(viewerId, position, 'SLOW_CLIENT'),
      isStillDue,
      onEnd() {
        const ofViewer = watchers.get(viewerId);
        ofViewer?.delete(queue);
        if (ofViewer?.size === 0) watchers.delete(viewerId);
      },
    });
    watchers.set(viewerId, (watchers.get(viewerId) ?? new Set()).add(queue));
    return queue;
  }

  /** What the reader gets before anything new. */
  async function missed(viewerId: string, after: bigint, upTo: bigint, reason: StreamGapReason): Promise<Due[]> {
    const found = await inTurn(() =>
      listMissedAnnouncements(database, { after, upTo }, viewerId, MOST_MISSED_UPDATES + 1),
    );
    return found.length > MOST_MISSED_UPDATES ? [gapAt(viewerId, upTo, reason)] : found.map(dueOf);
  }

  return {
    tail,
    async watch(viewerId, { after, gapReason }) {
      if (ended) throw new Error('The notifications have stopped.');
      const [position] = after == null ? [] : decodeCursor(streamOf(viewerId), 'after', after, isStreamPosition);
      const queue = enter(viewerId);
      try {
        await tail.follow();
        // What is new arrives by now; what is beyond the newest announcement that is read after, has not been missed.
        if (position === undefined && gapReason == null) return updatesOf(queue);
        const upTo = await newestAnnouncement(database);
        if (position !== undefined && BigInt(position) > upTo) {
          throw badUserInput('after', 'This cursor is of an update that has not been made.');
        }
        const reason = gapReason ?? 'CURSOR_EXPIRED';
        const first =
          position === undefined
            ? [gapAt(viewerId, upTo, reason)]
            : await missed(viewerId, BigInt(position), upTo, reason);
        queue.begin(first, (due) => due.position > upTo);
        return updatesOf(queue);
      } catch (error) {
        queue.end();
        throw error;
      }
    },
    endAll() {
      ended = true;
      for (const queues of watchers.values()) for (const queue of queues) queue.end();
    },
  };
}

function updatesOf(queue: UpdateQueue<Due>): AsyncIterableIterator<NotificationUpdates> {
  return {
    async next() {
      const result = await queue.next();
      return result.done ? result : { done: false, value: { notificationAdded: result.value.update } };
    },
    return: () => queue.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
