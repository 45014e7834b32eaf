import { rateLimited } from '@starling/platform/graphql';

/** How long one who finds the line full is asked to wait, in seconds. */
const RETRY_AFTER = 2;

/**
 * Answers a function that runs at most `limit` pieces of work at a time. Up to `line` others wait their turn; whoever comes
 * after those is refused with `RATE_LIMITED` before any work is done.
 */
export function bounded(limit: number, line: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else if (waiting.length >= line) throw rateLimited('Too many people log in at this moment.', RETRY_AFTER);
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
