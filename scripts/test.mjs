// npm test: installs when needed, then runs every test. Arguments are passed on: `npm test -- subgraphs/tweets`.
import { existsSync } from 'node:fs';
import { requireNode } from './node-version.mjs';

/** Real graphs, posts and vectors, which are kept beside the project. With `CI=true` they have to be there. */
const SHARED_DATA = new URL('../../shared/data', import.meta.url);

requireNode();
Promise.all([import('./install.mjs'), import('./build.mjs'), import('./run.mjs')]).then(
  ([{ install }, { build }, { runTool }]) => {
    install();
    // Tests that start the product as its users do run what is built.
    build();
    if (!existsSync(SHARED_DATA)) console.log('Left out: the tests on real data, which is not beside this project.');
    process.exitCode = runTool('vitest', ['run', ...process.argv.slice(2)]);
  },
);
