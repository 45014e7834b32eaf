import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresError } from './error.ts';
import { processIdentity } from './process-identity.ts';

/**
 * Makes this process the only one that uses a data directory, until the answered function is called. A lock whose owner
 * is gone is taken over. The lock appears under its name whole, so that nobody reads half of it.
 */
export function lockDirectory(directory: string, path: string): () => void {
  const mine = `${process.pid}\n${processIdentity(process.pid)}\n`;
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, mine, { mode: 0o600 });
    while (!tryLink(draft, path)) {
      const theirs = readIfThere(path);
      if (theirs === undefined) continue;
      const owner = livingOwner(theirs);
      if (owner !== undefined) {
        throw new EmbeddedPostgresError(
          'LOCKED',
          `${directory} is in use by the process ${owner}. Stop it, or set DATA_DIR to another folder.`,
        );
      }
      discard(path, theirs);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readIfThere(path) === mine) rmSync(path, { force: true });
  };
}

/** Is the directory in use by a process that lives? */
export function isLocked(path: string): boolean {
  return livingOwner(readIfThere(path) ?? '') !== undefined;
}

/** The process that a lock's text names, if it still runs. */
function livingOwner(text: string): number | undefined {
  const [pid, identity] = text.split('\n');
  return identity && processIdentity(Number(pid)) === identity ? Number(pid) : undefined;
}

/** Removes a stale lock. Another process may have done so already and put up its own: that one is put back. */
function discard(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readIfThere(aside) !== stale) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
