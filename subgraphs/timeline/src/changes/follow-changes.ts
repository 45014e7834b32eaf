import { type Following, type FollowTailOptions, followTail } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import { TWEET_TOPIC } from '../events.ts';
import type { ChangeTail } from './change-tail.ts';
import { lookForNewestChange } from './newest-change.ts';

export interface FollowOptions extends Pick<FollowTailOptions, 'group' | 'eventLog' | 'copies' | 'clock' | 'logger'> {
  readonly tail: ChangeTail;
  readonly database: Database;
}

/**
 * Drains a tail, from the newest change on, whenever something happened to a tweet. The clock looks whether or not anybody
 * waits for the tail, or whoever watches next would be told of all that had been missed.
 */
export function followChanges({ tail, database, ...shared }: FollowOptions): Promise<Following> {
  return followTail({
    ...shared,
    topics: [TWEET_TOPIC],
    begin: () => tail.start(),
    drain: () => tail.drain(),
    isBehind: async () => (await lookForNewestChange(database)) !== tail.position,
  });
}
