import { atMost } from '@starling/platform/batching';
import { rateLimited } from '@starling/platform/graphql';

/** How long one who finds the line full is asked to wait, in seconds. */
const RETRY_AFTER = 2;

/**
 * Answers a function that runs at most `limit` pieces of work at a time. Up to `line` others wait their turn; whoever comes
 * after those is refused with `RATE_LIMITED` before any work is done.
 */
export function bounded(limit: number, line: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const refuse = () => rateLimited('Too many people log in at this moment.', RETRY_AFTER);
  return atMost(limit, { longest: line, refuse });
}
