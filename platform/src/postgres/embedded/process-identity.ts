import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Tells a process from every other that has had, or will have, the same number: numbers are used again, in a restarted
 * container almost at once. Undefined when there is no such process.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') {
    const stat = readIfThere(`/proc/${pid}/stat`);
    // The name in parentheses may hold anything; the 20th field after it is the start, in ticks since the machine's boot.
    const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return started && `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()}/${started}`;
  }
  return ask(pid, 'lstart=') || undefined;
}

/** The command line of a process, or the empty text when it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
  return ask(pid, 'command=');
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
