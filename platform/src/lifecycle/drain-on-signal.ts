import type { Logger } from 'pino';

export interface DrainOptions {
  /** Takes the process out of service: not ready, no new requests, then everything else. */
  readonly stop: () => Promise<void>;
  readonly logger: Logger;
  /** Milliseconds after which the process ends though it has not stopped. */
  readonly limitMs?: number;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const FAULTS = ['uncaughtException', 'unhandledRejection'] as const;
const LIMIT_MS = 25_000;
/**
 * One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. What comes this soon after the first signal
 * is its echo; what comes later is a person who does not want to wait.
 */
const ECHO_MS = 1_500;

/**
 * On SIGTERM, SIGINT and SIGHUP: `stop`, then exit code 0. On a fault that nothing caught: the same with exit code 1,
 * because nobody knows what it left half done. A second signal or fault, or the limit, ends the process with exit code 1.
 *
 * @returns the function that drains without a signal, with the exit code that it is given.
 */
export function drainOnSignal({ stop, logger, limitMs = LIMIT_MS }: DrainOptions): (exitCode: number) => void {
  let begun: number | undefined;

  const drain = async (exitCode: number) => {
    begun = Date.now();
    setTimeout(() => {
      logger.error({ limitMs }, 'draining took too long: ending');
      process.exit(1);
    }, limitMs);
    try {
      await stop();
      if (exitCode === 0) logger.info('drained');
      process.exit(exitCode);
    } catch (error) {
      logger.error({ err: error }, 'draining failed');
      process.exit(1);
    }
  };

  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (begun === undefined) {
        logger.info({ signal }, 'draining');
        void drain(0);
      } else if (Date.now() - begun > ECHO_MS) {
        logger.warn({ signal }, 'a second signal: ending at once');
        process.exit(1);
      }
    });
  }
  // Started by another process, which is gone without a word: it cannot tell this one to stop any more.
  process.on('disconnect', () => {
    if (begun !== undefined) return;
    logger.warn('the process that started this one is gone: draining');
    void drain(0);
  });
  for (const fault of FAULTS) {
    process.on(fault, (error: unknown) => {
      logger.fatal({ err: error }, 'a fault that nothing caught');
      if (begun !== undefined) process.exit(1);
      void drain(1);
    });
  }
  return (exitCode) => {
    if (begun === undefined) void drain(exitCode);
  };
}
