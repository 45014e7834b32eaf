import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { processStat } from './process-stat.ts';

/** The numbers of the cores that this process may use; none where the system does not tell (no Linux). */
function allowed(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return list.split(',').flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, place) => first + place);
    });
  } catch {
    return [];
  }
}

/** These processes, and all that they have started. */
function withDescendants(pids: readonly number[]): number[] {
  const parents = new Map<number, number>();
  for (const pid of readdirSync('/proc').map(Number)) {
    if (!Number.isInteger(pid)) continue;
    try {
      parents.set(pid, Number(processStat(pid)[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = new Set(pids);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Keeps every thread of these processes, and what they start from now on, on these cores. */
function keepOn(cores: readonly number[], pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      execFileSync('taskset', ['-a', '-c', '-p', cores.join(), `${pid}`], { stdio: 'ignore' });
    } catch (error) {
      // What has ended meanwhile, as a server's helper may, is on no core.
      if (existsSync(`/proc/${pid}`)) throw error;
    }
  }
}

interface Measured {
  /** Its own processes, without the engines that it asks. */
  readonly pids: readonly number[];
}

/**
 * Keeps what is measured away from what measures it, from now on, where the machine has two cores or more: a contestant of
 * one process has the first half of them, the engines, with all that they have started, and this process have the other
 * half. Contestants of several processes may use all. Answers where everything runs, in a few words; undefined where nothing could
 * be kept apart.
 */
export function apart(contestants: readonly Measured[], engines: readonly number[]): string | undefined {
  const cores = allowed();
  const theirs = cores.slice(0, Math.floor(cores.length / 2));
  const others = cores.slice(theirs.length);
  if (theirs.length === 0) return undefined;
  try {
    for (const { pids } of contestants) keepOn(pids.length === 1 ? theirs : cores, pids);
    keepOn(others, [...withDescendants(engines), process.pid]);
  } catch {
    // There is no `taskset`.
    return undefined;
  }
  const named = (these: readonly number[]) => `core${these.length > 1 ? 's' : ''} ${these.join(', ')}`;
  return `Contestants of one process alone on ${named(theirs)}, the load and the engines on ${named(others)}, contestants of several processes on all`;
}
