import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Account, environment } from './account.ts';
import type { ClusterFiles } from './cluster.ts';
import { EmbeddedPostgresError, explainOutput } from './error.ts';
import { commandLine, isAlive } from './process-identity.ts';

const POLL_MS = 20;
/** Recovery after a crash reads what was written since the last checkpoint: seconds, on a slow disk many of them. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

/** A running server of ours. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the server is gone, whoever ended it. */
  readonly gone: Promise<void>;
}

/** The first lines of `postmaster.pid`, by which PostgreSQL tells who it is: its process, its port, how far it is. */
interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

export function readPostmaster({ cluster }: ClusterFiles): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Stops a server that an earlier process left running when it was killed. A file that names no such server (the machine
 * was switched off, and the number belongs to another process now; or the server was killed itself, and nobody has asked yet
 * how it ended) is removed, because PostgreSQL would shy at it.
 */
export async function stopOrphan(files: ClusterFiles): Promise<boolean> {
  const orphan = readPostmaster(files);
  if (!orphan) return false;
  const isOurs = () => isAlive(orphan.pid) && commandLine(orphan.pid).includes(files.cluster);
  const wasRunning = isOurs();
  if (wasRunning) await stopServer(orphan.pid);
  if (!isOurs()) rmSync(join(files.cluster, 'postmaster.pid'), { force: true });
  return wasRunning;
}

export async function startServer(
  files: ClusterFiles,
  postgres: string,
  account: Account,
  settings: Readonly<Record<string, string>>,
  port?: number,
): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const output = await tryStart(files, postgres, account, { ...settings, port: String(port ?? (await freePort())) });
    if (typeof output !== 'string') return output;
    // Another program was quicker with the port, or the last processes of a killed server are about to end.
    const passing = /Address already in use|pre-existing shared memory block/.test(output);
    if (!passing || attempt === 10) throw explainOutput(output, files.dataDirectory);
    await wait(attempt * 100);
  }
}

/** The server once it takes connections, or what it wrote when it did not come up. */
async function tryStart(
  files: ClusterFiles,
  postgres: string,
  account: Account,
  settings: Readonly<Record<string, string>>,
): Promise<Server | string> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, options } = account.command(postgres, ['-D', files.cluster, ...flags]);
  const log = openSync(files.log, 'w', 0o600);
  // A session of its own: a terminal's Ctrl-C reaches the product, which then stops the server in good order.
  const child = spawn(file, args, {
    ...options,
    cwd: '/',
    env: environment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: { readonly error?: Error } | undefined;
  const gone = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      ended = { error };
      resolve();
    });
    child.on('exit', () => {
      ended = {};
      resolve();
    });
  });
  child.unref();

  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    if (ended) return ended.error?.message ?? readLog(files);
    const postmaster = readPostmaster(files);
    if (postmaster?.ready && postmaster.pid === child.pid) return { ...postmaster, gone };
    await wait(POLL_MS);
  }
  if (child.pid) await stopServer(child.pid);
  throw new EmbeddedPostgresError('START', `PostgreSQL did not come up in time. ${files.log} says why.`);
}

/** What the server has written since it was started; nothing when its folder is gone. */
export function readLog({ log }: ClusterFiles): string {
  try {
    return readFileSync(log, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Ends every session, writes everything down, and resolves when the server is gone. */
export async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + STOP_LIMIT_MS;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await wait(POLL_MS);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
