import { type Database, makeDurable } from '@starling/platform/postgres';
import type { AuthorRecents } from '../author-recents/author-recents.ts';
import type { ChangeTail } from '../changes/follow-changes.ts';
import { newestChange } from '../changes/newest-change.ts';
import type { Rest, TimelineCache } from '../timeline-cache/timeline-cache.ts';
import { type EntryFollowers, listFollowers, listFollowersAmong } from './followers.ts';
import { ENTRIES_PER_BATCH, listNewEntries, type NewEntry } from './new-entries.ts';
import { restFor } from './rests.ts';

export const FEW_FOLLOWERS = 1_000;
/** Follows new entries from where those whose caches these are have been delivered to. */
export interface FanOut extends ChangeTail {
  readonly position: bigint;
  start(): Promise<void>;
}

export interface FanOutOptions {
  readonly database: Database;
  readonly homes: TimelineCache;
  readonly recents: AuthorRecents;
  /** Resolves once what reads here know of follows and pulled authors is no older than the call. */
  readonly readersKnow: () => Promise<void>;
  /** An author's followers are gone through up to this number without a look at how many timelines are cached. */
  readonly fewFollowers: number;
}

const idsOf = (entries: readonly NewEntry[]) => entries.map(({ id }) => id);

/**
 * Pushes new entries into the cached homes of those who follow who did them, and into the actor's own; what a pulled
 * author did goes to that author's recents instead. Reads do not wait for it: they merge what lies beyond its position.
 * Where an author has more followers than homes are cached, those whose homes are cached are gone through instead of the
 * followers, so that a post costs no more than the lesser number of the two.
 *
 * Whether an author is pulled is looked up after the entry was committed. When the author was switched in between, a
 * reader who knows of the switch looks in the new place, or builds anew what was built before it; one who does not yet
 * read the position before, and merges the entry.
 */
export function fanOut({ database, homes, recents, readersKnow, fewFollowers }: FanOutOptions): FanOut {
  let position = 0n;

  const push = (found: readonly EntryFollowers[], rest: Rest | undefined) =>
    homes.push(
      found.map(({ entryId, followerIds }) => ({ entryIds: [BigInt(entryId)], viewerIds: followerIds })),
      rest,
    );

  /** All entries are committed: whoever begins to build a home from here on reads them. */
  async function pushToFollowers(entries: readonly NewEntry[], rest: Rest | undefined): Promise<void> {
    const many = entries.some(({ followers }) => followers > fewFollowers)
      ? Math.max(fewFollowers, await homes.estimateViewers())
      : fewFollowers;
    const ofFew = entries.filter(({ followers }) => followers <= many);
    const ofMany = entries.filter(({ followers }) => followers > many);
    if (ofFew.length > 0) {
      for await (const page of listFollowers(database, idsOf(ofFew))) await push(page, rest);
    }
    if (ofMany.length > 0) {
      for await (const viewerIds of homes.listViewers()) {
        await push(await listFollowersAmong(database, idsOf(ofMany), viewerIds), rest);
      }
    }
  }

  async function deliver(entries: readonly NewEntry[], rest: Rest | undefined): Promise<void> {
    const there = entries.filter(({ isDeleted }) => !isDeleted);
    const pulled = there.filter(({ isPulled }) => isPulled);
    // One's own home has what one did, whoever one is.
    await homes.push(there.map(({ id, actorId }) => ({ entryIds: [BigInt(id)], viewerIds: [actorId] })));
    await recents.push(pulled.map(({ id, actorId }) => ({ entryIds: [BigInt(id)], authorId: actorId })));
    await pushToFollowers(
      there.filter(({ isPulled }) => !isPulled),
      rest,
    );
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
      // At leisure only when one batch is all there is: a backlog is one to its end.
      let isBacklog = false;
      for (let newest = position + 1n; newest > position; isBacklog = true) {
        const found = await listNewEntries(database, position);
        newest = found.newest;
        if (newest <= position) return;
        if (!found.isDurable) await makeDurable(database);
        // Whoever comes after this was asked reads a source that holds these changes already.
        if (newest - position > ENTRIES_PER_BATCH && (await homes.isEmpty()) && (await recents.isEmpty())) {
          await moveTo(newest);
          return;
        }
        const upTo = BigInt(found.entries.at(-1)?.change ?? newest);
        isBacklog ||= upTo < newest;
        await deliver(found.entries, isBacklog ? undefined : restFor(found.entries));
        // Who reads with this position looks for the entries where they were put, and so has to know why.
        await readersKnow();
        await moveTo(upTo);
      }
    },
  };
}
