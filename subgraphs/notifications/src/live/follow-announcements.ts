import {
  type Clock,
  every,
  type Following,
  type FollowTailOptions,
  followTail,
  type ReaderTail,
} from '@starling/platform/live';
import { type Database, statement } from '@starling/platform/postgres';
import { TOLD_TOPICS } from '../events.ts';

export interface FollowOptions extends Pick<FollowTailOptions, 'eventLog' | 'copies' | 'logger'> {
  readonly tail: ReaderTail;
  readonly database: Database;
  /** Every second when not given. */
  readonly clock?: Clock;
}

const LOOK_EVERY_MS = 1_000;

// Not `notifications.getNewestAnnouncement`: whoever only looks remembers no number, and need not wait for the disk.
const lookStatement = statement(
  'notifications.lookForAnnouncements',
  'SELECT coalesce((SELECT max(announced) FROM notifications.entries), 0) AS newest',
);

/**
 * Drains the tail whenever something happened that somebody may be notified of. What the clock looks for, while anybody
 * reads, is also what the database had to announce again because a crash took it back.
 */
export function followAnnouncements({
  tail,
  database,
  clock = every(LOOK_EVERY_MS),
  ...shared
}: FollowOptions): Promise<Following> {
  return followTail({
    ...shared,
    clock,
    group: 'notifications.live',
    topics: TOLD_TOPICS,
    drain: () => tail.drain(),
    async isBehind() {
      if (tail.position === undefined) return false;
      const [row] = await database.query<{ newest: string }>(lookStatement);
      return BigInt(row?.newest ?? 0) !== tail.position;
    },
  });
}
