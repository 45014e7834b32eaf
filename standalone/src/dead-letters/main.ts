import { EnvironmentError } from '@starling/platform/environment';
import { migrate, openDatabase, platformMigrations } from '@starling/platform/postgres';
import { readStandaloneEnvironment, type StandaloneEnvironment } from '../environment.ts';
import { explainStart } from '../explain.ts';
import { sharePostgres } from '../obtain-postgres.ts';
import { readCommand, runDeadLetters, USAGE, UsageError } from './run-dead-letters.ts';

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  let environment: StandaloneEnvironment | undefined;
  try {
    const command = readCommand(process.argv.slice(2));
    environment = readStandaloneEnvironment();
    const postgres = await sharePostgres(environment, (step) => process.stderr.write(`PostgreSQL: ${step}\n`));
    try {
      await migrate(postgres.url, [platformMigrations]);
      const database = openDatabase({ url: postgres.url, applicationName: 'starling dead letters', maxConnections: 1 });
      try {
        const { text, code } = await runDeadLetters(database, command);
        process.stdout.write(`${text}\n`);
        return code;
      } finally {
        await database.close();
      }
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

process.exitCode = await main();
