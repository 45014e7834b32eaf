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

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port ?? 0;
}

const FIRST_PORT = 10_000;
const BUS_DISTANCE = 10_000;
/** Ports and their bus ports end below those that connections go out from: a server that was ended finds its port free. */
const PORTS = 12_000;
const BLOCK = 16;
let nextPort = (process.pid * BLOCK) % PORTS;

/** Different ports that are free at this moment. Each process looks in a part of its own first. */
export const freePorts = (count: number): Promise<number[]> => freePortsWith([0], count);

/** As `freePorts`, and those 10,000 above are free, too. */
export const freePortsWithBus = (count: number): Promise<number[]> => freePortsWith([0, BUS_DISTANCE], count);

async function freePortsWith(distances: readonly number[], count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = FIRST_PORT + nextPort;
    nextPort = (nextPort + 1) % PORTS;
    const held = await Promise.all(distances.map((distance) => hold(port + distance)));
    await Promise.all(held.map((server) => server?.close()));
    if (held.every(Boolean)) ports.push(port);
  }
  return ports;
}

/** Does nobody listen on this port? Others who look for a free one hold it for a moment. */
export async function isFreePort(port: number): Promise<boolean> {
  const held = await hold(port);
  await held?.close();
  return held !== undefined;
}

/** Listens on a port; undefined when somebody else does. */
function hold(port: number): Promise<{ close(): Promise<void> } | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, HOST, () => resolve({ close: () => new Promise((closed) => server.close(() => closed())) }));
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
