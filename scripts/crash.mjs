// npm run crash -- --kills 1000 --seed 1: the product's processes and real engines under kill -9, compared with a model.
import { requireNode } from './node-version.mjs';

requireNode();
Promise.all([import('./install.mjs'), import('./build.mjs'), import('./run.mjs')]).then(
  ([{ install }, { build }, { runTool }]) => {
    install();
    build();
    process.exitCode = runTool('tsx', [
      '--conditions',
      'starling-source',
      'tests/crash/main.ts',
      ...process.argv.slice(2),
    ]);
  },
);
