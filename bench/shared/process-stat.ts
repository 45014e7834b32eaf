import { readFileSync } from 'node:fs';

/** What the kernel tells of a process, from its state on: the name before that may hold anything, in brackets. @throws when there is no such process, or no Linux. */
export function processStat(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
}
