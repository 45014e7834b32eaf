import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import { EnvironmentError } from '../environment/read-environment.ts';
import { createLogger, type LogLevel } from '../telemetry/logger.ts';
import { drainOnSignal } from './drain-on-signal.ts';
import { createStopList, type StopList } from './stop-list.ts';

export interface Starting<Environment> {
  readonly environment: Environment;
  readonly logger: Logger;
  /** Told how to stop each thing as soon as it has been started. */
  readonly stops: StopList;
  /** Aborted when the process was told to stop while it still starts: there is no need to start any more. */
  readonly signal: AbortSignal;
  /** Drains and ends the process because it can no longer do its work. */
  readonly giveUp: (reason: string) => void;
}

export interface ProcessOptions<Environment> {
  readonly name: string;
  readonly readEnvironment: () => Environment;
  readonly start: (starting: Starting<Environment>) => Promise<void>;
  /** A sentence for the person who started it, for errors that are theirs to mend; others are shown whole. */
  readonly explain?: (error: unknown, environment: Environment) => string | undefined;
}

/**
 * V8 makes in the old generation what it has seen survive, and what a request makes has once survived when many waited. From
 * then on it stays until the old generation is collected, and what it points to survives with it (docs/adr/0030).
 */
const YOUNG_AT_FIRST = '--no-allocation-site-pretenuring';

/**
 * A request runs through many small functions. V8 makes one of those that call each other, up to bounds that are meant for
 * browsers: three times as much costs more memory for code, and spares processor time once a process is warm (docs/adr/0035).
 */
const MORE_INLINED = ['--max-inlined-bytecode-size=920', '--max-inlined-bytecode-size-cumulative=2760'];

/**
 * The whole life of a process: read the environment, start, serve until told to stop, stop in reverse order. What keeps it
 * from starting is told on standard error, what had been started is stopped, and the exit code is 1.
 */
export async function runProcess<Environment extends { readonly LOG_LEVEL: LogLevel }>(
  options: ProcessOptions<Environment>,
): Promise<void> {
  const { name, start, explain = () => undefined } = options;
  for (const flag of [YOUNG_AT_FIRST, ...MORE_INLINED]) setFlagsFromString(flag);
  let environment: Environment;
  try {
    environment = options.readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }

  const logger = createLogger(name, environment.LOG_LEVEL);
  const stops = createStopList((part, error) => logger.error({ err: error, part }, 'did not stop in good order'));
  const abort = new AbortController();
  let started: Promise<unknown> = Promise.resolve();
  const drain = drainOnSignal({
    logger,
    async stop() {
      abort.abort();
      // What is being started at this moment has to be known before it can be stopped.
      await started;
      await stops.stop();
    },
  });
  const giveUp = (reason: string) => {
    logger.fatal(reason);
    drain(1);
  };

  const starting = start({ environment, logger, stops, signal: abort.signal, giveUp });
  started = starting.catch(() => {});
  try {
    await starting;
  } catch (error) {
    if (abort.signal.aborted) return;
    process.stderr.write(`${explain(error, environment) ?? (error instanceof Error ? error.stack : String(error))}\n`);
    drain(1);
  }
}
