import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { makeSnowflake, SEQUENCES } from './id.ts';
import type { SnowflakeSource } from './snowflake-source.ts';
import type { WriterLeases } from './writer-leases.ts';

export interface Clock {
  /** Unix milliseconds; may step back. */
  now(): number;
  wait(ms: number): Promise<void>;
}

export interface SnowflakeOptions {
  /** Of this source alone. */
  readonly leases: WriterLeases;
  readonly clock?: Clock;
  readonly logger?: Logger | undefined;
}

const RENEW_EVERY_MS = 3_000;
/** A clock that stepped back further than this is somebody's to mend: ids are refused instead of waited for. */
const LONGEST_WAIT_MS = 30_000;
const LONGEST_STEP_MS = 50;

const systemClock: Clock = { now: Date.now, wait: (ms) => pause(ms) };

/**
 * Ids under a writer number that is leased. What keeps two processes apart is the reservation: ids are
 * made only in milliseconds that were reserved before, and whoever gets the number next begins after the reservation. So
 * neither a clock that differs between machines nor a process that was stopped for hours can repeat an id.
 */
export async function leaseSnowflakes(options: SnowflakeOptions): Promise<SnowflakeSource> {
  const { leases, clock = systemClock, logger } = options;
  let { writer, usedUntilMs: lastMs, reservedUntilMs } = await leases.lease(clock.now());
  // The millisecond of `lastMs` counts as used up.
  let lastSequence = SEQUENCES - 1;
  let stopped = false;

  const reserve = async (): Promise<void> => {
    const renewed = await leases.renew(writer, clock.now());
    if (renewed !== null) {
      reservedUntilMs = renewed;
      return;
    }
    logger?.warn({ writer }, 'the writer number was leased to another process');
    const lease = await leases.lease(clock.now());
    writer = lease.writer;
    reservedUntilMs = lease.reservedUntilMs;
    if (lease.usedUntilMs >= lastMs) {
      lastMs = lease.usedUntilMs;
      lastSequence = SEQUENCES - 1;
    }
  };

  let reserving: Promise<void> | undefined;
  const reserved = (): Promise<void> => {
    reserving ??= reserve().finally(() => {
      reserving = undefined;
    });
    return reserving;
  };

  const timer = setInterval(() => {
    reserved().catch((error) => logger?.warn({ err: error, writer }, 'the writer number was not renewed'));
  }, RENEW_EVERY_MS).unref();

  return {
    async next(kind) {
      let waited = 0;
      for (;;) {
        if (stopped) throw new Error('No ids are made any more: the source has stopped.');
        const ms = clock.now();
        const sequence = ms > lastMs ? 0 : lastSequence + 1;
        if (ms < lastMs || sequence === SEQUENCES) {
          if (waited > LONGEST_WAIT_MS) throw new Error(`The clock is ${lastMs - ms} ms behind the last id.`);
          const step = Math.min(lastMs - ms + 1, LONGEST_STEP_MS);
          waited += step;
          await clock.wait(step);
        } else if (ms > reservedUntilMs) {
          await reserved();
        } else {
          lastMs = ms;
          lastSequence = sequence;
          return makeSnowflake({ ms, kind, writer, sequence });
        }
      }
    },

    async stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      // A renewal under way must not take the number again.
      await reserving?.catch(() => {});
      await leases.giveBack(writer, lastMs);
    },
  };
}
