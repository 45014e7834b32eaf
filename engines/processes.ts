import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const HOST = '127.0.0.1';
const ASK_EVERY_MS = 10;

/** Is there a program of this name on the path? */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Different ports that are free at this moment, each below `below`. */
export async function freePorts(count: number, below = 65_536): Promise<number[]> {
  const held: { readonly port: number; close(): Promise<void> }[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const taken = await hold(below === 65_536 ? 0 : 20_000 + Math.floor(Math.random() * (below - 20_000)));
    if (!taken) continue;
    held.push(taken);
    if (taken.port < below) ports.push(taken.port);
  }
  await Promise.all(held.map((server) => server.close()));
  return ports;
}

/** Listens on a port; undefined when somebody else does. */
function hold(port: number): Promise<{ port: number; close(): Promise<void> } | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}

export interface Spawned {
  readonly pid: number;
  /** Throws, with the end of what it wrote, once the process has ended. */
  checkAlive(): void;
}

/** Starts a process that outlives this one. What it says goes to `log`. */
export function spawnDetached(program: string, args: readonly string[], log: string): Spawned {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const child = spawn(program, [...args], { detached: true, stdio: ['ignore', output, output] });
  let ended: string | undefined;
  child.once('error', ({ message }) => {
    ended = message;
  });
  child.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? code}`;
  });
  child.unref();
  return {
    pid: child.pid ?? 0,
    checkAlive() {
      if (ended === undefined) return;
      throw new Error(`${program} does not run: ${ended}.\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    },
  };
}

/** Asks until the answer is true. Throws after `withinMs`, or when a process that is waited for ends. */
export async function until(
  what: string,
  ask: () => Promise<boolean>,
  { withinMs = 30_000, processes = [] }: { withinMs?: number; processes?: readonly Spawned[] } = {},
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await ask().catch(() => false))) {
    for (const each of processes) each.checkAlive();
    if (performance.now() > end) throw new Error(`After ${withinMs} ms still not true: ${what}.`);
    await pause(ASK_EVERY_MS);
  }
}
