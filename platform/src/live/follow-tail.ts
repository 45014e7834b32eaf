import type { Logger } from 'pino';
import { atMost } from '../batching/at-most.ts';
import type { CatchesUp } from '../batching/freshness.ts';
import type { EventLog } from '../event-log/event-log.ts';
import type { Clock } from './clock.ts';

export interface FollowTailOptions {
  /** The consumer that wakes the tail; told with failures. */
  readonly group: string;
  readonly topics: readonly string[];
  readonly eventLog: EventLog;
  /** What keeps the copies that the tail reads: an event of theirs is waited for. */
  readonly copies: CatchesUp;
  readonly clock: Clock;
  /** Called once, before anything is followed. */
  readonly begin?: () => Promise<void>;
  /** Delivers everything there is. Never called before the call before has ended. */
  readonly drain: () => Promise<void>;
  /** Whether there is something that was not delivered: a short look, at each tick. */
  readonly isBehind: () => Promise<boolean>;
  /** See `Consumer`. */
  readonly headStartMs?: number;
  readonly logger?: Logger | undefined;
}

export interface Following {
  stop(): Promise<void>;
}

/**
 * Drains a tail whenever something happened: once the copies hold what an event tells, the tail finds it there, and a second
 * delivery finds nothing new. The place in the event log dies with the process.
 *
 * An event only wakes the tail, and an event may be missed: it lies between the tail's beginning and the consumer's, or
 * the log that brings it is away. So the clock looks, too: a wake-up that is lost costs a tick and never an update.
 *
 * In a process that serves nobody there is nobody to deliver to, and nothing is followed.
 */
export async function followTail(options: FollowTailOptions): Promise<Following> {
  const { group, topics, eventLog, copies, clock, begin, drain, isBehind, headStartMs = 0, logger } = options;
  if (eventLog.attention === 'stored') return { async stop() {} };
  await begin?.();
  const inTurn = atMost(1);
  let failures = 0;

  const consumer = await eventLog.consume({
    group,
    topics,
    offset: 'memory',
    freshness: 'eventual',
    headStartMs,
    async handle(_events, asOf) {
      await copies.caughtUp(asOf);
      await inTurn(drain);
    },
  });

  const ticking = clock(async () => {
    try {
      if (await isBehind()) await inTurn(drain);
      failures = 0;
    } catch (error) {
      failures++;
      // An outage is told of once, and not every second.
      logger?.[failures === 1 ? 'warn' : 'debug'](
        { err: error, group, failures },
        'what is new could not be looked for, which is tried again',
      );
    }
  });

  return {
    async stop() {
      await Promise.all([ticking.stop(), consumer.stop()]);
    },
  };
}
