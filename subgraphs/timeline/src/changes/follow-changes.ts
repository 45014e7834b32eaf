import { atMost, type CatchesUp } from '@starling/platform/batching';
import type { EventLog } from '@starling/platform/event-log';
import type { Clock } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { TWEET_TOPIC } from '../events.ts';
import type { ChangeTail } from './change-tail.ts';
import { lookForNewestChange } from './newest-change.ts';

export interface FollowOptions {
  readonly group: string;
  readonly tail: ChangeTail;
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly copies: CatchesUp;
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
}

export interface Following {
  stop(): Promise<void>;
}

/**
 * Drains a tail, from the newest change on, whenever something happened to a tweet: once the copies hold what the event
 * tells, the tail finds it there, and a second delivery finds nothing new. The place in the event log dies with the process.
 *
 * An event only wakes the tail, and an event may be missed: it lies between the tail's beginning and the consumer's, or
 * the log that brings it is away. So the clock looks, too: a wake-up that is lost costs a tick and never an update. It
 * looks whether or not anybody waits for the tail, or whoever watches next would be told of all that had been missed.
 */
export async function followChanges(options: FollowOptions): Promise<Following> {
  const { group, tail, database, eventLog, copies, clock, logger } = options;
  const inTurn = atMost(1);
  let failures = 0;

  await tail.start();
  const consumer = await eventLog.consume({
    group,
    topics: [TWEET_TOPIC],
    offset: 'memory',
    freshness: 'eventual',
    async handle() {
      await copies.caughtUp();
      await inTurn(() => tail.drain());
    },
  });

  const look = async (): Promise<void> => {
    if ((await lookForNewestChange(database)) !== tail.position) await inTurn(() => tail.drain());
  };
  const ticking = clock(async () => {
    try {
      await look();
      failures = 0;
    } catch (error) {
      failures++;
      // An outage is told of once, and not every second.
      logger?.[failures === 1 ? 'warn' : 'debug'](
        { err: error, group, failures },
        'changes of timelines could not be looked for, which is tried again',
      );
    }
  });

  return {
    async stop() {
      await Promise.all([ticking.stop(), consumer.stop()]);
    },
  };
}
