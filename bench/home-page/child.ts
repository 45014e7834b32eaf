import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { announcedUrl } from '@starling/platform/lifecycle';

export interface Child {
  /** Where it serves, or what `ready` found in the line that says that it is ready. */
  readonly found: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The line that says that it is ready; its first group is what is wanted of it. Without it, the program announces. */
  readonly ready?: RegExp;
}

const START_SECONDS = 120;
const STOP_SECONDS = 30;
const SHOWN_LINES = 30;

const running = new Set<ChildProcess>();
/** Nothing outlives the bench, however it ends. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1_000);
  await gone;
  clearTimeout(late);
}

/** Starts a program and waits until it says that it is ready. */
export function startChild({ name, command, args, env = {}, ready }: ChildOptions): Promise<Child> {
  const stdio = ['ignore', 'pipe', 'pipe', ...(ready ? [] : ['ipc' as const])] as const;
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: [...stdio] });
  running.add(child);
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${name} ${why}:\n${said.join('\n')}`));
    };
    const late = setTimeout(() => fail(`was not ready within ${START_SECONDS} s`), START_SECONDS * 1_000);
    child.on('error', (error) => fail(`cannot be started (${error.message})`));
    child.on('exit', (code, signal) => {
      running.delete(child);
      clearTimeout(late);
      fail(`ended (${signal ?? code})`);
    });
    const isReady = (found: string | undefined) => {
      if (found === undefined) return;
      clearTimeout(late);
      resolve({ found, pid: child.pid ?? 0, stop: () => end(child) });
    };
    child.on('message', (message) => isReady(announcedUrl(message)));
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        said.push(line);
        if (said.length > SHOWN_LINES) said.shift();
        isReady(ready?.exec(line)?.[1]);
      });
    }
  });
}

/** Runs a program to its end on this terminal. */
export async function runChild(name: string, command: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'inherit' });
  running.add(child);
  const [code] = await once(child, 'exit');
  running.delete(child);
  if (code !== 0) throw new Error(`${name} ended with ${code}.`);
}
