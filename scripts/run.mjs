import { spawnSync } from 'node:child_process';
import { ROOT } from './paths.mjs';

/**
 * Runs a command in the project's folder, on this terminal, and answers its exit code. `quiet` holds its output back
 * until it fails.
 */
export function run(file, args, { env = {}, quiet = false } = {}) {
  const { status, error, stdout, stderr } = spawnSync(file, args, {
    cwd: ROOT,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, ...env },
  });
  if (error) {
    console.error(`${file} cannot be run: ${error.message}`);
    return 1;
  }
  if (quiet && status !== 0) process.stderr.write(`${stdout}${stderr}`);
  return status ?? 1;
}

/** Runs npm: the one that called us, or the one that is in the path. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm && /npm-cli\.c?js$/.test(npm)) return run(process.execPath, [npm, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Runs a program of an installed package. */
export function runTool(name, args, options) {
  return run(process.execPath, [`${ROOT}/node_modules/${TOOLS[name]}`, ...args], options);
}

const TOOLS = {
  biome: '@biomejs/biome/bin/biome',
  codegen: '@graphql-codegen/cli/esm/bin.js',
  eslint: 'eslint/bin/eslint.js',
  tsc: 'typescript/bin/tsc',
  tsx: 'tsx/dist/cli.mjs',
  turbo: 'turbo/bin/turbo',
  vitest: 'vitest/vitest.mjs',
};
