// Builds what is measured, as `npm start` would, then runs the bench whose folder is named. Ctrl-C reaches it and what it
// started.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../../scripts/build.mjs';

build();
const [bench = '', ...args] = process.argv.slice(2);
const main = join(import.meta.dirname, '..', bench, 'main.ts');
const running = spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => running.kill(signal));
running.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
