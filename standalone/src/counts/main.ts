import { EnvironmentError } from '@starling/platform/environment';
import { migrate } from '@starling/platform/postgres';
import { readStandaloneEnvironment, type StandaloneEnvironment } from '../environment.ts';
import { explainStart } from '../explain.ts';
import { allMigrations } from '../migrations.ts';
import { sharePostgres } from '../obtain-postgres.ts';
import { readCountsCommand, runCounts, USAGE, UsageError } from './run-counts.ts';

const LINE_EVERY_MS = 2_000;

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  let environment: StandaloneEnvironment | undefined;
  const halt = new AbortController();
  process.once('SIGINT', () => halt.abort());
  try {
    const command = readCountsCommand(process.argv.slice(2));
    environment = readStandaloneEnvironment();
    const postgres = await sharePostgres(environment, (step) => process.stderr.write(`PostgreSQL: ${step}\n`));
    try {
      await migrate(postgres.url, allMigrations);
      let toldAt = Number.NEGATIVE_INFINITY;
      const text = await runCounts({
        url: postgres.url,
        command,
        signal: halt.signal,
        onProgress(line) {
          if (performance.now() - toldAt < LINE_EVERY_MS) return;
          toldAt = performance.now();
          process.stderr.write(`${line}\n`);
        },
      });
      process.stdout.write(`${text}\n`);
      return 0;
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
