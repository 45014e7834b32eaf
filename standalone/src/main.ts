import { runProcess } from '@starling/platform/lifecycle';
import { readStandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';
import { startPostgres } from './start-postgres.ts';

await runProcess({
  name: 'starling',
  readEnvironment: readStandaloneEnvironment,
  async start(starting) {
    // Most of a start is reading code: it is read while PostgreSQL comes up.
    const code = import('./start-everything.ts');
    const databaseUrl = await startPostgres(starting);
    const { startEverything } = await code;
    starting.signal.throwIfAborted();
    await startEverything(starting, databaseUrl);
  },
  explain: explainStart,
});
