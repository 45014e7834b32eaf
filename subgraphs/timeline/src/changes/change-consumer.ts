import type { CatchesUp } from '@starling/platform/batching';
import type { Consumer } from '@starling/platform/event-log';
import { TWEET_TOPIC } from '../events.ts';
import type { ChangeTail } from './change-tail.ts';

/**
 * Drains a tail whenever something happened to a tweet. The event only wakes it: once the copies hold what the event
 * tells, the tail finds it there, and a second delivery finds nothing new. Its place dies with the process.
 */
export function changeConsumer(group: string, copies: CatchesUp, tail: ChangeTail): Consumer {
  return {
    group,
    topics: [TWEET_TOPIC],
    offset: 'memory',
    freshness: 'eventual',
    async handle() {
      await copies.caughtUp();
      await tail.drain();
    },
  };
}
