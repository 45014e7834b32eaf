import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

/** The eighth number of `/proc/stat`: what the host gave to others while this machine had work, in hundredths of a second. */
const STEAL = 8;
const TICK_MS = 10;

/** Of all cores since the machine started, in milliseconds; undefined where nothing tells (no Linux). */
async function takenAwayMs(): Promise<number | undefined> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => undefined);
  const ticks = text?.split('\n', 1)[0]?.split(/\s+/)[STEAL];
  return ticks === undefined ? undefined : Number(ticks) * TICK_MS;
}

/** More than this share of the processors' time moves what is measured. */
const TOLERATED = 0.005;
const ATTEMPTS = 5;

export interface Undisturbed {
  /** Runs `work`, and again while the host of this virtual machine gave its processors to others; the calmest run counts. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** What was done about it, in a sentence. */
  told(): string;
}

export function undisturbed(): Undisturbed {
  let runs = 0;
  let again = 0;
  let disturbed = 0;

  const watch = async <Result>(work: () => Promise<Result>): Promise<{ result: Result; takenAway: number }> => {
    const before = await takenAwayMs();
    const began = performance.now();
    const result = await work();
    const ms = (performance.now() - began) * availableParallelism();
    const after = await takenAwayMs();
    return { result, takenAway: ((after ?? 0) - (before ?? 0)) / ms };
  };

  return {
    async run(work) {
      runs++;
      let best = await watch(work);
      for (let attempt = 1; best.takenAway > TOLERATED && attempt < ATTEMPTS; attempt++) {
        again++;
        const next = await watch(work);
        if (next.takenAway < best.takenAway) best = next;
      }
      if (best.takenAway > TOLERATED) disturbed++;
      return best.result;
    },
    told: () =>
      `Measured ${runs} times, and ${again} times again because the host took more than ${TOLERATED * 100}% of the processors away meanwhile; of what counts it did so ${disturbed} times.`,
  };
}
