// npm run engines -- up|down|status [redis] [redis-cluster] [kafka] [kafka-cluster] [postgres]: real engines on this machine, without Docker.
import { requireNode } from './node-version.mjs';

requireNode();
Promise.all([import('./install.mjs'), import('./run.mjs')]).then(([{ install }, { runTool }]) => {
  install();
  process.exitCode = runTool('tsx', ['--conditions', 'starling-source', 'engines/main.ts', ...process.argv.slice(2)]);
});
