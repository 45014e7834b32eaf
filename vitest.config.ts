import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { leftOutSuites } from './tests/support/engine-suites.ts';
import { TotalsReporter } from './tests/support/reporter.ts';

// As Node.js resolves, which knows no `module`: what Apollo's gateway requires would be looked for among bundlers' files.
const conditions = ['starling-source', ...defaultServerConditions.filter((name) => name !== 'module')];

export default defineConfig({
  resolve: {
    conditions,
    // One graphql for our source and for the packages that `require` it: two copies refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  ssr: { resolve: { conditions, externalConditions: ['node', 'starling-source'] } },
  test: {
    include: ['platform', 'visibility', 'gateway', 'standalone', 'subgraphs/*', 'tests', 'schema', 'scripts'].map(
      (folder) => `${folder}/**/*.test.{ts,mjs}`,
    ),
    exclude: ['**/node_modules/**', '**/dist/**', ...leftOutSuites().files],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // Tests wait for PostgreSQL and for processes of their own as much as they compute.
    maxWorkers: availableParallelism(),
    // Generous: on a busy machine starting five processes takes half a minute. What hangs is ended all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes when it comes: a second is soon over where somebody else has the processor.
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', new TotalsReporter()],
  },
});
