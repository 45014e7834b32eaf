import { atMost } from './at-most.ts';

export interface GatheringOptions<Load> {
  readonly empty: () => Load;
  /** A load that is full takes nothing more. */
  readonly isFull: (load: Load) => boolean;
  /** Loads under way at a moment, at most. */
  readonly atOnce: number;
}

/**
 * Gathers what comes while earlier loads are under way into the next load, and does the `work` of a whole load in one go.
 * What is answered adds something to the load that is gathered, and has the work's result: no work that began before
 * something came answers it.
 */
export function gathering<Load, Result>(
  work: (load: Load) => Promise<Result>,
  { empty, isFull, atOnce }: GatheringOptions<Load>,
): (add: (load: Load) => void) => Promise<Result> {
  let current: { readonly load: Load; readonly result: Promise<Result> } | undefined;
  const inTurn = atMost(atOnce);

  function gather() {
    const load = empty();
    async function begin(): Promise<Result> {
      // Whoever comes in the same moment goes along.
      await Promise.resolve();
      return inTurn(async () => {
        if (current === gathered) current = undefined;
        return work(load);
      });
    }
    const gathered = { load, result: begin() };
    return gathered;
  }

  return async (add) => {
    current ??= gather();
    const { load, result } = current;
    add(load);
    if (isFull(load)) current = undefined;
    return result;
  };
}
