// npm test: installs when needed, then runs every test. Arguments are passed on: `npm test -- subgraphs/tweets`.
import { requireNode } from './node-version.mjs';

requireNode();
Promise.all([import('./install.mjs'), import('./build.mjs'), import('./run.mjs')]).then(
  ([{ install }, { build }, { runTool }]) => {
    install();
    // Tests that start the product as its users do run what is built.
    build();
    process.exitCode = runTool('vitest', ['run', ...process.argv.slice(2)]);
  },
);
