/** Runs what it is given, at most `count` at the same time; the rest waits in line. */
export function atMost(count: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const line: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < count) running++;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over.
      const next = line.shift();
      if (next) next();
      else running--;
    }
  };
}
