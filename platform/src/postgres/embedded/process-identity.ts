import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Does the process run? One that has ended and that nobody has asked about since does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || statFields(pid)[0] !== 'Z';
}

/**
 * Tells a process from every other that has had, or will have, the same number: numbers are used again, in a restarted
 * container almost at once. Undefined when there is no such process.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') {
    const started = statFields(pid)[19];
    return started && `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()}/${started}`;
  }
  return ask(pid, 'lstart=') || undefined;
}

/** The command line of a process, or the empty text when it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
  return ask(pid, 'command=');
}

/**
 * Linux's account of a process, from behind its name, which may hold anything: first the state, and in the 20th place the
 * start, in ticks since the machine's boot.
 */
function statFields(pid: number): string[] {
  const stat = readIfThere(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function ask(pid: number, column: string): string {
  return spawnSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
