import { atMost, type CatchesUp } from '@starling/platform/batching';
import type { EventLog } from '@starling/platform/event-log';
import { type Clock, every } from '@starling/platform/live';
import { type Database, statement } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { TOLD_TOPICS } from '../events.ts';
import type { AnnouncementTail } from './announcement-tail.ts';

export interface FollowOptions {
  readonly tail: AnnouncementTail;
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly copies: CatchesUp;
  readonly clock?: Clock;
  readonly logger?: Logger | undefined;
}

export interface Following {
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;

// Not `notifications.getNewestAnnouncement`: whoever only looks remembers no number, and need not wait for the disk.
const lookStatement = statement(
  'notifications.lookForAnnouncements',
  'SELECT coalesce((SELECT max(announced) FROM notifications.entries), 0) AS newest',
);

/**
 * Drains the tail whenever something happened that somebody may be notified of: once the copies hold what the event tells,
 * the tail finds the announcement there, and a second delivery finds nothing new. The place in the event log dies with the
 * process. An event only wakes the tail, and may be missed, because the log that brings it is away or the database had to
 * announce again what a crash took back: so the clock looks, too, while anybody reads.
 */
export async function followAnnouncements(options: FollowOptions): Promise<Following> {
  const { tail, database, eventLog, copies, clock = every(LOOK_EVERY_MS), logger } = options;
  const inTurn = atMost(1);
  let failures = 0;

  const consumer = await eventLog.consume({
    group: 'notifications.live',
    topics: TOLD_TOPICS,
    offset: 'memory',
    freshness: 'eventual',
    async handle() {
      await copies.caughtUp();
      await inTurn(() => tail.drain());
    },
  });

  async function look(): Promise<void> {
    if (tail.position === undefined) return;
    const [row] = await database.query<{ newest: string }>(lookStatement);
    if (BigInt(row?.newest ?? 0) !== tail.position) await inTurn(() => tail.drain());
  }
  const ticking = clock(async () => {
    try {
      await look();
      failures = 0;
    } catch (error) {
      failures++;
      // An outage is told of once, and not every second.
      const message = 'announcements could not be looked for, which is tried again';
      logger?.[failures === 1 ? 'warn' : 'debug']({ err: error, failures }, message);
    }
  });

  return {
    async stop() {
      await Promise.all([ticking.stop(), consumer.stop()]);
    },
  };
}
