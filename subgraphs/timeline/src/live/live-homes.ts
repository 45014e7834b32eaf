import { atMost, type CatchesUp } from '@starling/platform/batching';
import { badUserInput } from '@starling/platform/graphql';
import { type UpdateQueue, updateQueue } from '@starling/platform/live';
import { decodeCursor } from '@starling/platform/pagination';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { type ChangeTail, changeTail } from '../changes/change-tail.ts';
import { newestChange } from '../changes/newest-change.ts';
import { type HomeChange, listHomeChanges } from '../changes/readers.ts';
import type { StreamGapReason } from '../generated/types.ts';
import { gap, type HomeUpdate, isStreamPosition, streamOf, updateFor } from './home-update.ts';
import { missedUpdates, READERS_AT_ONCE } from './missed-updates.ts';
import { stillShown } from './still-shown.ts';

export const LONGEST_WAITING_LINE = 1_000;

interface Due {
  readonly update: HomeUpdate;
  readonly position: bigint;
  /** The entry that must still be shown when it is delivered after a wait. */
  readonly entryId: string | null;
}

/** The value that the subscription is executed on. */
export interface HomeTimelineUpdates {
  readonly homeTimelineUpdates: HomeUpdate;
}

export interface Watch {
  /** The cursor of the last update that the viewer has. */
  readonly after?: string | null | undefined;
  /** Whoever asks has lost something: a stream that cannot go on after `after` begins with a gap of this reason. */
  readonly gapReason?: StreamGapReason | null | undefined;
}

/** The home timelines that somebody watches in this process. */
export interface LiveHomes {
  /**
   * What happens in the viewer's home: beyond `after`, or what is committed after this call. Rejects when `after` is no
   * cursor of the stream.
   */
  watch(viewerId: string, watch: Watch): Promise<AsyncIterableIterator<HomeTimelineUpdates>>;
  /** Feeds the watchers. */
  readonly tail: ChangeTail;
  /** Ends every watcher's stream, and lets nobody watch any more. */
  endAll(): void;
}

export interface LiveHomesParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

export function liveHomes({ database, copies, logger }: LiveHomesParts): LiveHomes {
  const watchers = new Map<string, Set<UpdateQueue<Due>>>();
  const listMissed = missedUpdates(database);
  const isStillShown = stillShown({ database, copies, logger });
  const inTurn = atMost(READERS_AT_ONCE);
  let ended = false;

  const dueOf = (viewerId: string, change: HomeChange): Due => ({
    update: updateFor(viewerId, change),
    position: BigInt(change.change),
    entryId: change.removed ? null : change.id,
  });
  const gapAt = (viewerId: string, position: bigint, reason: StreamGapReason): Due => ({
    update: gap(viewerId, position.toString(), reason),
    position,
    entryId: null,
  });

  const tail = changeTail({
    database,
    listViewers: async () => [...watchers.keys()],
    async deliver(range, viewers) {
      for (const change of await listHomeChanges(database, range, viewers)) {
        for (const queue of watchers.get(change.viewerId) ?? []) queue.push(dueOf(change.viewerId, change));
      }
    },
    async lost(newest) {
      for (const [viewerId, queues] of watchers) {
        for (const queue of queues) queue.begin([gapAt(viewerId, newest, 'BROKER_RESTARTED')], () => true);
      }
    },
  });

  function enter(viewerId: string): UpdateQueue<Due> {
    const queue: UpdateQueue<Due> = updateQueue<Due>({
      capacity: LONGEST_WAITING_LINE,
      gapAfter: ({ position }) => gapAt(viewerId, position, 'SLOW_CLIENT'),
      isStillDue: async ({ entryId }) => entryId === null || isStillShown(viewerId, entryId, () => queue.hasEnded),
      onEnd() {
        const ofViewer = watchers.get(viewerId);
        ofViewer?.delete(queue);
        if (ofViewer?.size === 0) watchers.delete(viewerId);
      },
    });
    const ofViewer = watchers.get(viewerId) ?? new Set();
    watchers.set(viewerId, ofViewer.add(queue));
    return queue;
  }

  /** What the reader gets before anything new. */
  async function missed(viewerId: string, after: bigint, upTo: bigint, reason: StreamGapReason): Promise<Due[]> {
    const changes = await listMissed(viewerId, after, upTo);
    if (!changes) return [gapAt(viewerId, upTo, reason)];
    return changes.map((change) => dueOf(viewerId, change));
  }

  return {
    tail,
    async watch(viewerId, { after, gapReason }) {
      if (ended) throw new Error('The timeline has stopped.');
      const [position] = after == null ? [] : decodeCursor(streamOf(viewerId), 'after', after, isStreamPosition);
      // From here on what is new arrives; what is beyond the newest change that is read after, has not been missed.
      const queue = enter(viewerId);
      if (position === undefined && gapReason == null) return updatesOf(queue);
      try {
        const upTo = await inTurn(() => newestChange(database));
        if (position !== undefined && BigInt(position) > upTo) {
          throw badUserInput('after', 'This cursor is of an update that has not been made.');
        }
        const first =
          position === undefined
            ? [gapAt(viewerId, upTo, gapReason ?? 'CURSOR_EXPIRED')]
            : await missed(viewerId, BigInt(position), upTo, gapReason ?? 'CURSOR_EXPIRED');
        queue.begin(first, (due) => due.position > upTo);
        return updatesOf(queue);
      } catch (error) {
        queue.end();
        throw error;
      }
    },
    endAll() {
      ended = true;
      for (const queues of watchers.values()) for (const queue of queues) queue.end();
    },
  };
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
