import { processStat } from '../shared/process-stat.ts';

/** Of a clock tick of the kernel, in milliseconds: the same on every Linux. */
const TICK_MS = 10;

/** The processor time that these processes have used so far, in milliseconds; undefined where the system does not tell. */
export function cpuTime(pids: readonly number[]): number | undefined {
  try {
    return pids
      .map((pid) => {
        const fields = processStat(pid);
        // User and system.
        return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
      })
      .reduce((sum, ms) => sum + ms, 0);
  } catch {
    return undefined;
  }
}
