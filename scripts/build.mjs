import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTES, ROOT } from './paths.mjs';
import { runTool } from './run.mjs';

const NOTE = join(NOTES, 'built');
const PACKAGES = [
  'platform',
  'visibility',
  'gateway',
  'standalone',
  ...readdirSync(`${ROOT}/subgraphs`).map((n) => `subgraphs/${n}`),
];

/** Builds what has changed since the last time. Ends the process if that fails. */
export function build() {
  const sources = fingerprint();
  const isThere = PACKAGES.every((folder) => existsSync(join(ROOT, folder, 'dist/.tsbuildinfo')));
  if (isThere && existsSync(NOTE) && readFileSync(NOTE, 'utf8') === sources) return;
  console.log('Building ...');
  const env = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const code = runTool('turbo', ['run', 'build', '--output-logs=errors-only'], { env, quiet: true });
  if (code !== 0) {
    console.error('The build failed: the compiler says above why.');
    process.exit(1);
  }
  mkdirSync(NOTES, { recursive: true });
  writeFileSync(NOTE, sources);
}

/** Names the state of everything that goes into the build. Asking the builder itself takes far longer. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const folder of PACKAGES) {
    for (const name of ['package.json', 'tsconfig.json', 'schema.mappers.ts']) note(hash, join(ROOT, folder, name));
    noteFolder(hash, join(ROOT, folder, 'src'));
  }
  for (const name of ['package-lock.json', 'tsconfig.json', 'turbo.json']) note(hash, join(ROOT, name));
  return hash.digest('hex');
}

function noteFolder(hash, folder) {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) noteFolder(hash, path);
    else note(hash, path);
  }
}

function note(hash, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  hash.update(`${path}|${stats?.size}|${stats?.mtimeMs}\n`);
}
