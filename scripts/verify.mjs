// npm run verify: format, lint, types, and whether everything generated is what its sources say. Runs all checks, tells
// which failed, and ends with exit code 1 if any did.
import { execFileSync } from 'node:child_process';
import { ROOT } from './paths.mjs';
import { runTool } from './run.mjs';

const SCHEMAS = ['platform/schema.graphql', 'subgraphs/*/schema.graphql', 'schema/api.graphql'];
const GENERATED = ['subgraphs/*/src/generated', 'schema/generated'];

const checks = [
  ['format and lint', () => runTool('biome', ['ci', '--error-on-warnings', '.'], { quiet: true })],
  [
    'lint of the schema',
    () => runTool('eslint', ['--no-warn-ignored', '--max-warnings=0', ...SCHEMAS], { quiet: true }),
  ],
  [
    'types',
    () => runTool('tsc', ['-b'], { quiet: true }) || runTool('tsc', ['-p', 'tests/tsconfig.json'], { quiet: true }),
  ],
  ['generated code', () => unchangedBy(() => runTool('codegen', ['--config', 'codegen.ts'], { quiet: true }))],
  ['composition', () => runTool('tsx', ['schema/compose.ts', '--check'], { quiet: true })],
];

/** Fails when a generator leaves anything but what is committed (or staged) behind. */
function unchangedBy(generate) {
  const code = generate();
  if (code !== 0) return code;
  const difference = git(['diff', '--stat', '--', ...GENERATED]);
  const untracked = git([
    'ls-files',
    '--others',
    '--exclude-standard',
    '--',
    ...GENERATED,
    'subgraphs/*/src/resolvers',
  ]);
  if (difference === '' && untracked === '') return 0;
  console.error(`Generated anew, these differ from what is committed:\n${difference}${untracked}`);
  return 1;
}

function git(args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
}

const failed = [];
for (const [name, check] of checks) {
  const code = check();
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (code !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`verify failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
