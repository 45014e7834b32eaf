import { type Following, type FollowTailOptions, followTail } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import { TWEET_TOPIC } from '../events.ts';
import { lookForNewestChange } from './newest-change.ts';

/** Follows the changes of entries in the order of their numbers. */
export interface ChangeTail {
  /** Every change up to this number has been delivered to whoever was there to get it; undefined while nobody is. */
  readonly position: bigint | undefined;
  /** Called once, before it is followed, where it begins before somebody asks for something. */
  start?(): Promise<void>;
  /** Delivers everything there is. One call at a time. A failure leaves the position where the last good batch ended. */
  drain(): Promise<void>;
}

export interface FollowOptions
  extends Pick<FollowTailOptions, 'group' | 'eventLog' | 'copies' | 'clock' | 'logger' | 'headStartMs'> {
  readonly tail: ChangeTail;
  readonly database: Database;
}

/**
 * Drains a tail, from the newest change on, whenever something happened to a tweet.
 */
export function followChanges({ tail, database, ...shared }: FollowOptions): Promise<Following> {
  return followTail({
    ...shared,
    topics: [TWEET_TOPIC],
    begin: async () => tail.start?.(),
    drain: () => tail.drain(),
    isBehind: async () => tail.position !== undefined && (await lookForNewestChange(database)) !== tail.position,
  });
}
