import { runProcess } from '@starling/platform/lifecycle';
import { readStandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';
import { startProcesses } from './start-processes.ts';

await runProcess({
  name: 'launcher',
  readEnvironment: readStandaloneEnvironment,
  start: (starting) => startProcesses(starting, (line) => process.stdout.write(`${line}\n`)),
  explain: explainStart,
});
