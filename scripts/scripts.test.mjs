import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { isInstalled } from './install.mjs';
import { nodeProblem, OLDEST_NODE } from './node-version.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'starling-scripts-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each(['0.12.18', '12.22.12', '18.20.8', '20.18.3'])('Node %s is too old, and that is said', (version) => {
  expect(nodeProblem(version)).toBe(`Starling needs Node 20.19 or newer, and this is Node ${version}.`);
});

test.each(['20.19.0', '20.20.2', '22.0.0', '24.4.1', '100.0.0'])('Node %s will do', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test('package.json asks for the same Node', () => {
  expect(packageJson.engines.node).toBe(`>=${OLDEST_NODE.join('.')}`);
});

const wanted = {
  '': { name: 'starling' },
  platform: { name: '@starling/platform', version: '0.1.0' },
  'node_modules/@starling/platform': { resolved: 'platform', link: true },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/for-another-machine': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};
const { 'node_modules/for-another-machine': _, ...installed } = wanted;

function write(lock, hidden) {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: lock }));
  if (!hidden) return;
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: hidden }));
}

test('a fresh clone is not installed', () => {
  write(wanted);
  expect(isInstalled(root)).toBe(false);
});

test('packages for other machines need not be installed', () => {
  write(wanted, installed);
  expect(isInstalled(root)).toBe(true);
});

test('a package of another version, or one more, is installed anew', () => {
  const newer = { ...wanted, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-c' } };
  write(newer, installed);
  expect(isInstalled(root)).toBe(false);
  write({ ...wanted, 'node_modules/b': { version: '1.0.0', integrity: 'sha512-d' } }, installed);
  expect(isInstalled(root)).toBe(false);
});
