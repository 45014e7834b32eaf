import type { CatchesUp } from '@starling/platform/batching';
import { decodeCursor } from '@starling/platform/pagination';
import type { Database } from '@starling/platform/postgres';
import { type ChangeTail, changeTail } from '../changes/change-tail.ts';
import { type HomeChange, isShown, listHomeChanges } from '../changes/readers.ts';
import { gap, type HomeUpdate, isStreamPosition, streamOf, updateFor } from './home-update.ts';
import { type UpdateQueue, updateQueue } from './update-queue.ts';

export const LONGEST_WAITING_LINE = 1_000;

interface Due {
  readonly update: HomeUpdate;
  readonly position: string;
  /** The entry that must still be shown when it is delivered after a wait. */
  readonly entryId: string | null;
}

/** The value that the subscription is executed on. */
export interface HomeTimelineUpdates {
  readonly homeTimelineUpdates: HomeUpdate;
}

/** The home timelines that somebody watches in this process. */
export interface LiveHomes {
  /** What happens in the viewer's home and is committed after this call. Throws when `after` is no cursor of the stream. */
  watch(viewerId: string, after: string | null | undefined): AsyncIterableIterator<HomeTimelineUpdates>;
  /** Feeds the watchers. */
  readonly tail: ChangeTail;
  /** Ends every watcher's stream. */
  endAll(): void;
}

export function liveHomes(database: Database, copies: CatchesUp): LiveHomes {
  const watchers = new Map<string, Set<UpdateQueue<Due>>>();

  const tail = changeTail({
    database,
    listViewers: async () => [...watchers.keys()],
    async deliver(range, viewers) {
      for (const change of onePerRemoval(await listHomeChanges(database, range, viewers))) {
        const { viewerId, removed, id } = change;
        const due = { update: updateFor(viewerId, change), position: change.change, entryId: removed ? null : id };
        for (const queue of watchers.get(viewerId) ?? []) queue.push(due);
      }
    },
  });

  return {
    tail,
    watch(viewerId, after) {
      if (after != null) decodeCursor(streamOf(viewerId), 'after', after, isStreamPosition);
      const queue = updateQueue<Due>({
        capacity: LONGEST_WAITING_LINE,
        gapAfter: ({ position }) => ({ update: gap(viewerId, position, 'SLOW_CLIENT'), position, entryId: null }),
        async isStillDue({ entryId }) {
          if (entryId === null) return true;
          await copies.caughtUp();
          return isShown(database, viewerId, entryId);
        },
        onEnd() {
          const ofViewer = watchers.get(viewerId);
          ofViewer?.delete(queue);
          if (ofViewer?.size === 0) watchers.delete(viewerId);
        },
      });
      if (after != null) {
        const position = tail.position.toString();
        queue.push({ update: gap(viewerId, position, 'CURSOR_EXPIRED'), position, entryId: null });
      }
      const ofViewer = watchers.get(viewerId) ?? new Set();
      watchers.set(viewerId, ofViewer.add(queue));
      return updatesOf(queue);
    },
    endAll() {
      for (const queues of watchers.values()) for (const queue of queues) queue.end();
    },
  };
}

/** A deletion takes a tweet and its retweets out of a home at once: that is told once. */
function onePerRemoval(changes: readonly HomeChange[]): HomeChange[] {
  const told = new Set<string>();
  return changes.filter(({ viewerId, tweetId, removed }) => {
    const removal = `${viewerId} ${tweetId}`;
    return !removed || (!told.has(removal) && told.add(removal));
  });
}

function updatesOf(queue: UpdateQueue<Due>): AsyncIterableIterator<HomeTimelineUpdates> {
  return {
    async next() {
      const result = await queue.next();
      return result.done ? result : { done: false, value: { homeTimelineUpdates: result.value.update } };
    },
    return: () => queue.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
