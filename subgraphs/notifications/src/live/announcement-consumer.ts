import type { CatchesUp } from '@starling/platform/batching';
import type { Consumer } from '@starling/platform/event-log';
import { TOLD_TOPICS } from '../events.ts';
import type { AnnouncementTail } from './announcement-tail.ts';

/**
 * Drains the tail whenever something happened that somebody may be notified of. The event only wakes it: once the copies hold
 * what the event tells, the tail finds the announcement there, and a second delivery finds nothing new. Its place dies with
 * the process.
 */
export function announcementConsumer(copies: CatchesUp, tail: AnnouncementTail): Consumer {
  return {
    group: 'notifications.live',
    topics: TOLD_TOPICS,
    offset: 'memory',
    freshness: 'eventual',
    async handle() {
      await copies.caughtUp();
      await tail.drain();
    },
  };
}
