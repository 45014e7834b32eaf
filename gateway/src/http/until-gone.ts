import type { ServerResponse } from 'node:http';
import { type Ending, OpenEnding } from '@starling/platform/batching';

/** Aborted when the connection closes before the answer is written. */
export function untilGone(response: ServerResponse): Ending {
  const gone = new OpenEnding();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone;
}
