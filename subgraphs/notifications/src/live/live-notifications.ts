import type { CatchesUp } from '@starling/platform/batching';
import { type LiveStreams, liveStreams, type ReaderTail, readerTail } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import {
  type Announcement,
  endOfBatch,
  isStillTold,
  listAnnouncements,
  listMissedAnnouncements,
  newestAnnouncement,
} from './announcement-store.ts';
import { type NotificationUpdate, streamOf, updateFor } from './notification-update.ts';

/** The value that the subscription is executed on. */
export interface NotificationUpdates {
  readonly notificationAdded: NotificationUpdate;
}

/** The notifications that somebody watches in this process. */
export interface LiveNotifications
  extends Pick<LiveStreams<string, Announcement, NotificationUpdates>, 'watch' | 'endAll'> {
  /** Feeds the watchers. */
  readonly tail: ReaderTail;
}

export interface LiveNotificationsParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

export function liveNotifications({ database, copies, logger }: LiveNotificationsParts): LiveNotifications {
  const newest = () => newestAnnouncement(database);
  const streams = liveStreams<string, Announcement, NotificationUpdates>({
    owner: 'The notifications',
    streamOf,
    topicOf: (viewerId) => viewerId,
    numberOf: ({ announced }) => announced,
    valueFor: (_viewerId, announcement) => ({ notificationAdded: updateFor(announcement) }),
    gapValue: (gap) => ({ notificationAdded: gap }),
    newest,
    listMissed: (viewerId, range, limit) => listMissedAnnouncements(database, range, viewerId, limit),
    async isStillDue(viewerId, { announced }) {
      await copies.caughtUp();
      return isStillTold(database, viewerId, announced);
    },
    follow: () => tail.follow(),
    logger,
  });

  const tail = readerTail({
    hasReaders: () => streams.topics().length > 0,
    newest,
    endOfBatch: (range) => endOfBatch(database, range),
    async deliver(range) {
      // What an announcement is of may have been hidden since: who was told of a block is not told of whom it hides.
      await copies.caughtUp();
      for (const announcement of await listAnnouncements(database, range, streams.topics())) {
        await streams.deliver(announcement.viewerId, () => [announcement]);
      }
    },
    lost: streams.lost,
  });

  return { watch: streams.watch, endAll: streams.endAll, tail };
}
