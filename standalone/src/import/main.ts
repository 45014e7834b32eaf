import { IMPORT_USAGE, readImportOptions } from './import-options.ts';
import { showProgress } from './progress.ts';
import { formatReport } from './report.ts';
import { fromWhereTyped, runCommand } from './run-command.ts';
import { checkFiles, runImport } from './run-import.ts';

await runCommand(IMPORT_USAGE, async () => {
  const nowMs = Date.now();
  const typed = readImportOptions(process.argv.slice(2), nowMs);
  const options = {
    ...typed,
    graph: typed.graph === undefined ? undefined : fromWhereTyped(typed.graph),
    posts: typed.posts.map(fromWhereTyped),
    report: typed.report === undefined ? undefined : fromWhereTyped(typed.report),
  };
  await checkFiles(options);
  return async ({ database, eventLog }) => {
    const reports = await runImport({ database, eventLog, progress: showProgress(process.stderr), nowMs }, options);
    const seconds = ((Date.now() - nowMs) / 1_000).toFixed(1);
    process.stdout.write(`\n${formatReport(reports)}\nDone in ${seconds} s: timelines and counts are up to date.\n`);
    return 0;
  };
});
