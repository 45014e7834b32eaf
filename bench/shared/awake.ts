import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Stops } from './stops.ts';

/** Turns for as long as the process lives whose number it is given. */
const TURN = 'while kill -0 "$0" 2>/dev/null; do n=0; while [ $n -lt 100000 ]; do n=$((n+1)); done; done';

/**
 * Keeps every processor busy with work of idle priority, for a bench in which they sleep most of the time. A processor of a virtual
 * machine that sleeps goes to the host's other guests, and is late when something is to be done. Not for a bench that keeps them
 * busy by itself: a processor that is never idle takes over no work that waits at another one, and some work then waits in
 * vain. Nothing where there is no `chrt` (it is Linux's).
 */
export function keepAwake(stops: Stops): void {
  for (let count = 0; count < availableParallelism(); count++) {
    const child = spawn('chrt', ['--idle', '0', 'sh', '-c', TURN, String(process.pid)], { stdio: 'ignore' });
    child.on('error', () => {});
    stops.add(async () => void child.kill());
  }
}
