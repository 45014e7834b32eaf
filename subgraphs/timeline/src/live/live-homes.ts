import type { CatchesUp } from '@starling/platform/batching';
import { type LiveStreams, liveStreams, type ReaderTail, readerTail } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { endOfChanges } from '../changes/end-of-changes.ts';
import { newestChange } from '../changes/newest-change.ts';
import { type HomeChange, isShown, listHomeChanges, listMissedChanges } from '../changes/readers.ts';
import { type HomeUpdate, streamOf, updateFor } from './home-update.ts';

/** Changes of all homes that are looked through for what one reader has missed, at most. */
const LONGEST_LOOK_BACK = 50_000n;

/** The value that the subscription is executed on. */
export interface HomeTimelineUpdates {
  readonly homeTimelineUpdates: HomeUpdate;
}

/** The home timelines that somebody watches in this process. The entries themselves are the log that missed updates are read from. */
export interface LiveHomes extends Pick<LiveStreams<string, HomeChange, HomeTimelineUpdates>, 'watch' | 'endAll'> {
  /** Feeds the watchers. */
  readonly tail: ReaderTail;
}

export interface LiveHomesParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

export function liveHomes({ database, copies, logger }: LiveHomesParts): LiveHomes {
  const newest = () => newestChange(database);
  const homes = liveStreams<string, HomeChange, HomeTimelineUpdates>({
    owner: 'The timeline',
    streamOf,
    topicOf: (viewerId) => viewerId,
    numberOf: ({ change }) => change,
    valueFor: (viewerId, change) => ({ homeTimelineUpdates: updateFor(viewerId, change) }),
    gapValue: (gap) => ({ homeTimelineUpdates: gap }),
    newest,
    async listMissed(viewerId, range, limit) {
      if (range.upTo - range.after > LONGEST_LOOK_BACK) return undefined;
      return listMissedChanges(database, range, viewerId, limit);
    },
    async isStillDue(viewerId, { removed, id }) {
      if (removed) return true;
      await copies.caughtUp();
      return isShown(database, viewerId, id);
    },
    follow: () => tail.follow(),
    logger,
  });

  const tail = readerTail({
    hasReaders: () => homes.topics().length > 0,
    newest,
    endOfBatch: (range) => endOfChanges(database, range),
    // Whoever comes after the list is made reads a source that holds these changes already.
    async deliver(range) {
      // What has changed may have been hidden since: who was told of a block is not told of whom it hides.
      await copies.caughtUp();
      for (const change of await listHomeChanges(database, range, homes.topics())) {
        await homes.deliver(change.viewerId, () => [change]);
      }
    },
    lost: homes.lost,
  });

  return { watch: homes.watch, endAll: homes.endAll, tail };
}
