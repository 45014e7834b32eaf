import { allMigrations } from '../migrations.ts';
import { runOperatorCommand } from '../operator-command.ts';
import { readCountsCommand, runCounts, USAGE } from './run-counts.ts';

const LINE_EVERY_MS = 2_000;

let toldAt = Number.NEGATIVE_INFINITY;

function onProgress(line: string): void {
  if (performance.now() - toldAt < LINE_EVERY_MS) return;
  toldAt = performance.now();
  process.stderr.write(`${line}\n`);
}

const halt = new AbortController();
process.once('SIGINT', () => halt.abort());

process.exitCode = await runOperatorCommand({
  usage: USAGE,
  read: readCountsCommand,
  migrations: allMigrations,
  async run(url, command) {
    return { text: await runCounts({ url, command, signal: halt.signal, onProgress }), code: 0 };
  },
});
