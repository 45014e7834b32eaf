// Builds what is measured, as `npm start` would, then runs the bench. Ctrl-C reaches it and what it started.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../../scripts/build.mjs';

build();
const main = join(import.meta.dirname, 'main.ts');
const bench = spawn(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal));
bench.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
