import { runProcess } from '@starling/platform/lifecycle';
import { readStandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';
import { startPostgres } from './start-postgres.ts';

await runProcess({
  name: 'launcher',
  readEnvironment: readStandaloneEnvironment,
  async start(starting) {
    // Most of a start is reading code: it is read while PostgreSQL comes up.
    const code = import('./start-processes.ts');
    const databaseUrl = await startPostgres(starting);
    const { startProcesses } = await code;
    starting.signal.throwIfAborted();
    await startProcesses(starting, databaseUrl);
  },
  explain: explainStart,
});
