import { runProcess } from '@starling/platform/lifecycle';
import { explainStart } from './explain.ts';
import { startWorker } from './start-worker.ts';
import { readWorkerEnvironment } from './worker-environment.ts';

await runProcess({
  name: 'worker',
  readEnvironment: readWorkerEnvironment,
  start: startWorker,
  explain: explainStart,
});
