import { checkImport } from './check-import.ts';
import { CHECK_USAGE, readCheckOptions } from './check-options.ts';
import { showProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

await runCommand(CHECK_USAGE, async () => {
  const wanted = readCheckOptions(process.argv.slice(2));
  return async ({ database, timeline, eventLog }) => {
    const progress = showProgress(process.stderr);
    await eventLog.processAll();
    const { accounts, entries, differences } = await checkImport({ database, timeline, progress }, wanted);
    for (const { username, place, expected, found } of differences) {
      process.stdout.write(`${username}: differs at place ${place}; ${found} entries, expected ${expected}\n`);
    }
    const equal = accounts - differences.length;
    process.stdout.write(`${equal} of ${accounts} homes are as they should be (${entries} entries).\n`);
    return differences.length === 0 ? 0 : 1;
  };
});
