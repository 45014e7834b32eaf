import { existsSync, readFileSync } from 'node:fs';
import { ROOT } from './paths.mjs';
import { runNpm } from './run.mjs';

/** Installs the packages when they are not there, or are not those of package-lock.json. Ends the process if that fails. */
export function install() {
  if (isInstalled(ROOT)) return;
  console.log('Installing packages (npm ci) ...');
  const code = runNpm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('The packages could not be installed: npm says above why.');
    process.exit(1);
  }
}

/** npm notes what it has installed in a lock file of its own; the two are compared package by package. */
export function isInstalled(root) {
  const wanted = readPackages(`${root}/package-lock.json`);
  const installed = readPackages(`${root}/node_modules/.package-lock.json`);
  if (!installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // Packages for other machines are not installed; workspaces and what links to them are part of the project.
    if (!path.includes('node_modules/') || entry.optional || entry.peer) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}
