import { runProcess } from '@starling/platform/lifecycle';
import { readStandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';
import { startEverything } from './start-everything.ts';

await runProcess({
  name: 'starling',
  readEnvironment: readStandaloneEnvironment,
  start: (starting) => startEverything(starting, (line) => process.stdout.write(`${line}\n`)),
  explain: explainStart,
});
