import type { Database } from '@starling/platform/postgres';
import { type ChangeTail, changeTail } from '../changes/change-tail.ts';
import { listHomesOfNewEntries } from '../changes/readers.ts';
import type { TimelineCache } from './timeline-cache.ts';

/**
 * Pushes new entries into the cached timelines in whose homes they belong, whoever wrote them. Reads do not wait for it:
 * they merge what lies beyond its position. That makes it the place to leave authors to be pulled: what is not pushed has
 * to be found by reads in another way.
 */
export function fanOut(database: Database, cache: TimelineCache): ChangeTail {
  return changeTail({
    database,
    join: (newest) => cache.join(newest),
    delivered: (upTo) => cache.delivered(upTo),
    listViewers: () => cache.viewers(),
    async deliver(range, viewers) {
      const homes = await listHomesOfNewEntries(database, range, viewers);
      await cache.push(homes.map(({ viewerId, entryIds }) => ({ viewerId, entryIds: entryIds.map(BigInt) })));
    },
  });
}
