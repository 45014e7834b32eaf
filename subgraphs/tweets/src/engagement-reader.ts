import { type HotMemory, type HotReader, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { getViewerStates, type ViewerState, type ViewersTweet } from './engagement-store.ts';

/** Pairs of a viewer and a tweet that a process remembers, about 300 bytes each. */
const REMEMBERED = 100_000;

/** What a viewer has done with a tweet: kept and asked for by both, so that nothing of one viewer is answered to another. */
export const viewersTweetKey = ({ viewerId, tweetId }: ViewersTweet): string => `${viewerId}:${tweetId}`;

function viewersTweetOf(key: string): ViewersTweet {
  const [viewerId = '', tweetId = ''] = key.split(':');
  return { viewerId, tweetId };
}

export function createEngagementReader(database: Database, memory: HotMemory): HotReader<ViewerState> {
  return sharedReader(
    memory.rows({ max: REMEMBERED }),
    (keys) => getViewerStates(database, keys.map(viewersTweetOf)),
    viewersTweetKey,
  );
}
