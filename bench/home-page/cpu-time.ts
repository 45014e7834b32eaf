import { readFileSync } from 'node:fs';

/** Of a clock tick of the kernel, in milliseconds: the same on every Linux. */
const TICK_MS = 10;

/** The processor time that these processes have used so far, in milliseconds; undefined where the system does not tell. */
export function cpuTime(pids: readonly number[]): number | undefined {
  try {
    return pids
      .map((pid) => {
        // The name stands in brackets and may hold anything; what follows it does not. The 12th and 13th are user and system.
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
      })
      .reduce((sum, ms) => sum + ms, 0);
  } catch {
    return undefined;
  }
}
