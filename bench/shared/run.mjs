// Runs the bench whose folder is named: `node shared/run.mjs write-path --seconds 4`. Processes that it starts are built first,
// as by `npm start`; what it measures in its own process is the source. Ctrl-C reaches it and what it started.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../../scripts/build.mjs';

build();
const [name = '', ...args] = process.argv.slice(2);
const main = join(import.meta.dirname, '..', name, 'main.ts');
const source = ['--import', 'tsx', '--conditions', 'starling-source'];
const bench = spawn(process.execPath, [...source, main, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal));
bench.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
