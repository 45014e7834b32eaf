import type { Database } from '@starling/platform/postgres';
import type { AuthorRecents } from '../author-recents/author-recents.ts';
import type { ChangeTail } from '../changes/change-tail.ts';
import { newestChange } from '../changes/newest-change.ts';
import type { TimelineCache } from '../timeline-cache/timeline-cache.ts';
import { listFollowers } from './followers.ts';
import { ENTRIES_PER_BATCH, listNewEntries, type NewEntry } from './new-entries.ts';

export interface FanOutOptions {
  readonly database: Database;
  readonly homes: TimelineCache;
  readonly recents: AuthorRecents;
  /** Resolves once what reads here know of follows and pulled authors is no older than the call. */
  readonly readersKnow: () => Promise<void>;
}

/**
 * Pushes new entries into the cached homes of those who follow who did them, and into the actor's own; what a pulled
 * author did goes to that author's recents instead. Reads do not wait for it: they merge what lies beyond its position.
 *
 * Whether an author is pulled is looked up after the entry was committed. When the author was switched in between, a
 * reader who knows of the switch looks in the new place, or builds anew what was built before it; one who does not yet
 * read the position before, and merges the entry.
 */
export function fanOut({ database, homes, recents, readersKnow }: FanOutOptions): ChangeTail {
  let position = 0n;

  async function deliver(entries: readonly NewEntry[]): Promise<void> {
    const there = entries.filter(({ isDeleted }) => !isDeleted);
    const pulled = there.filter(({ isPulled }) => isPulled);
    const pushed = there.filter(({ isPulled }) => !isPulled);
    // One's own home has what one did, whoever one is.
    await homes.push(there.map(({ id, actorId }) => ({ entryIds: [BigInt(id)], viewerIds: [actorId] })));
    await recents.push(pulled.map(({ id, actorId }) => ({ entryIds: [BigInt(id)], authorId: actorId })));
    if (pushed.length === 0) return;
    for await (const page of listFollowers(
      database,
      pushed.map(({ id }) => id),
    )) {
      await homes.push(
        page.map(({ entryId, followerIds }) => ({ entryIds: [BigInt(entryId)], viewerIds: followerIds })),
      );
    }
  }

  async function moveTo(next: bigint): Promise<void> {
    position = next;
    await Promise.all([homes.delivered(position), recents.delivered(position)]);
  }

  return {
    get position() {
      return position;
    },
    async start() {
      const newest = await newestChange(database);
      const [ofHomes, ofRecents] = await Promise.all([homes.join(newest), recents.join(newest)]);
      position = ofHomes < ofRecents ? ofHomes : ofRecents;
    },
    async drain() {
      for (;;) {
        const newest = await newestChange(database);
        if (newest <= position) return;
        // Whoever comes after this was asked reads a source that holds these changes already.
        if (newest - position > ENTRIES_PER_BATCH && (await homes.isEmpty()) && (await recents.isEmpty())) {
          await moveTo(newest);
          return;
        }
        const entries = await listNewEntries(database, { after: position, upTo: newest });
        await deliver(entries);
        // Who reads with this position looks for the entries where they were put, and so has to know why.
        await readersKnow();
        await moveTo(BigInt(entries.at(-1)?.change ?? newest));
      }
    },
  };
}
