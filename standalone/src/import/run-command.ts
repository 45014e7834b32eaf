import { resolve } from 'node:path';
import { EnvironmentError } from '@starling/platform/environment';
import { createStopList } from '@starling/platform/lifecycle';
import { createLogger } from '@starling/platform/telemetry';
import { readStandaloneEnvironment, type StandaloneEnvironment } from '../environment.ts';
import { explainStart } from '../explain.ts';
import { sharePostgres } from '../obtain-postgres.ts';
import { ImportError } from './import-error.ts';
import { type OpenProduct, openProduct } from './open-product.ts';

/** PostgreSQL's code for it. */
const DISK_FULL = '53100';

/** Told on standard error; standard output is for the result. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A sentence for what the person can mend; a trace for everything else. */
function explain(error: unknown, environment: StandaloneEnvironment | undefined): string {
  if (error instanceof ImportError || error instanceof EnvironmentError) return error.message;
  if ((error as { code?: unknown } | null)?.code === DISK_FULL) {
    return 'The disk of the database is full. Free some space and run it again to go on.';
  }
  const explained = environment && explainStart(error, environment);
  return explained ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** A path as the person wrote it, from the folder in which npm was called. */
export function fromWhereTyped(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/**
 * Runs a command on the product's data and sets the exit code: what the command answers, or 1 with a message when it cannot
 * go on. `--help` tells the usage. `prepare` looks at the arguments before anything is started. Ctrl-C and SIGTERM leave the database in good order:
 * what was committed stays, and the next run goes on from there.
 */
export async function runCommand(
  usage: string,
  prepare: () => Promise<(product: OpenProduct) => Promise<number>>,
): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const logger = createLogger('import', 'warn');
  const stops = createStopList((name, error) => logger.error({ err: error, name }, 'did not stop in good order'));
  let environment: StandaloneEnvironment | undefined;
  let interrupted = false;
  const interrupt = () => {
    // Under npm one Ctrl-C arrives twice.
    if (interrupted) return;
    interrupted = true;
    // What fails from now on fails because of this.
    logger.level = 'silent';
    say('\nStopping. What is done stays done: run it again to go on.');
    void stops.stop().finally(() => process.exit(130));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const command = await prepare();
    environment = readStandaloneEnvironment();
    const postgres = await sharePostgres(environment, (step) => say(`PostgreSQL: ${step}`));
    stops.add('PostgreSQL', () => postgres.stop());
    process.exitCode = await command(await openProduct(postgres.url, logger, stops));
  } catch (error) {
    if (interrupted) return;
    say(explain(error, environment));
    process.exitCode = 1;
  }
  if (!interrupted) await stops.stop();
}
