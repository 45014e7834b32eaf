export interface Line {
  /** So many wait in line at most. */
  readonly longest: number;
  /** What whoever comes after those is refused with, before any work is done. */
  readonly refuse: () => Error;
}

/** Runs what it is given, at most `count` at the same time, in order; the rest waits in line. */
export function atMost(count: number, line?: Line): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < count) running++;
    else if (line && waiting.length >= line.longest) throw line.refuse();
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
