import { EnvironmentError } from '@starling/platform/environment';
import { type Migrations, migrate } from '@starling/platform/postgres';
import { readStandaloneEnvironment, type StandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';
import { sharePostgres } from './obtain-postgres.ts';

/** A call that cannot be understood; its message is all that is shown. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface OperatorCommand<Command> {
  /** What `--help` tells. */
  readonly usage: string;
  /** Throws a `UsageError`, before anything is started. */
  readonly read: (args: readonly string[]) => Command;
  /** What the database has to have before the command runs. */
  readonly migrations: readonly Migrations[];
  /** Does it; answers what is to be said at the end, and the exit code. */
  readonly run: (databaseUrl: string, command: Command) => Promise<{ readonly text: string; readonly code: number }>;
}

/** Runs a command of the product's operator on its database, which is started when it does not run; answers the exit code. */
export async function runOperatorCommand<Command>({
  usage,
  read,
  migrations,
  run,
}: OperatorCommand<Command>): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  let environment: StandaloneEnvironment | undefined;
  try {
    const command = read(process.argv.slice(2));
    environment = readStandaloneEnvironment();
    const postgres = await sharePostgres(environment, (step) => process.stderr.write(`PostgreSQL: ${step}\n`));
    try {
      await migrate(postgres.url, migrations);
      const { text, code } = await run(postgres.url, command);
      process.stdout.write(`${text}\n`);
      return code;
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    const known = error instanceof UsageError || error instanceof EnvironmentError;
    const explained = known ? error.message : environment && explainStart(error, environment);
    process.stderr.write(`${explained ?? (error as Error).stack ?? String(error)}\n`);
    return 1;
  }
}
