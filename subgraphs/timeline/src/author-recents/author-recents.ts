import { after, all, type Soon } from '@starling/platform/batching';
import { bucketNumber } from '@starling/platform/redis';
import type { CachedTimeline, Push, TimelineCache } from '../timeline-cache/timeline-cache.ts';
import type { RecentEntries } from './recent-entries.ts';
import { allReplicaKeys, replicaKey } from './replicas.ts';

/** So long what was read of an author is used at most, whatever was pushed into it since: 10 minutes. */
export const RECENTS_LIFETIME_MS = 10 * 60_000;
/** In the last fifth of it, reads begin to refresh it: the later, the likelier. */
const EARLY_MS = RECENTS_LIFETIME_MS / 5;

/** An author whom the reader follows and who is pulled. */
export interface PulledAuthor {
  readonly id: string;
  /** When the author was switched to pull: a number of `graph_changes`. */
  readonly switched: bigint;
  /** Keys of the shared cache over which the author's readers are spread. */
  readonly replicas: number;
}

export interface AuthorRecentsOptions {
  /** In this process: read by every page, and bounded. */
  readonly local: TimelineCache;
  /** What processes share, if they share anything: asked for what this process does not have. */
  readonly shared?: TimelineCache | undefined;
  readonly readSource: (authorIds: readonly string[], limit: number) => Promise<Map<string, RecentEntries>>;
  /** Whoever reads: readers are spread over an author's replicas by it. */
  readonly reader: string;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/**
 * What pulled authors did lately. It is kept as cached timelines are, and by the same rules: fan-out pushes an author's
 * new entries here instead of to the followers, before its position moves on, so that a read which merges what lies
 * beyond the position misses nothing.
 */
export interface AuthorRecents {
  /** In the order of the authors. At most one statement, however many are not known. */
  get(authors: readonly PulledAuthor[]): Soon<CachedTimeline[]>;
  push(pushes: readonly { readonly entryIds: readonly bigint[]; readonly authorId: string }[]): Promise<void>;
  join(newest: bigint): Promise<bigint>;
  delivered(upTo: bigint): Promise<void>;
  leave(): Promise<void>;
  isEmpty(): Promise<boolean>;
  /** Forgets everything. */
  clear(): Promise<void>;
}

interface Wanted {
  readonly author: PulledAuthor;
  /** When what is to be replaced was built. */
  readonly youngerThan: number;
}

export function authorRecents(options: AuthorRecentsOptions): AuthorRecents {
  const { local, shared, readSource, reader, now = Date.now, random = Math.random } = options;
  const caches = shared ? [shared, local] : [local];
  /** One build per author at a time: those who ask meanwhile wait for it. */
  const underWay = new Map<string, Promise<CachedTimeline>>();

  const keyFor = ({ id, replicas }: PulledAuthor) => replicaKey(id, bucketNumber(`${reader} ${id}`, replicas));
  const isOf = ({ switched }: PulledAuthor, { graphVersion, builtAt }: CachedTimeline) =>
    graphVersion >= switched && now() - builtAt < RECENTS_LIFETIME_MS;
  /** Of many who ask, one begins early, so that nobody has to wait when the time is over. */
  const isDue = ({ builtAt }: CachedTimeline) => now() - builtAt > RECENTS_LIFETIME_MS - EARLY_MS * (1 - random());

  /** What the shared cache has, and what it has not, from the source: that is shared then. */
  async function read(wanted: readonly Wanted[]): Promise<CachedTimeline[]> {
    const authors = wanted.map(({ author }) => author);
    const cached = await Promise.all(authors.map((author) => shared?.get(keyFor(author))));
    const found = wanted.map(({ author, youngerThan }, index) => {
      const known = cached[index];
      return known && isOf(author, known) && known.builtAt > youngerThan ? known : undefined;
    });
    const missing = authors.filter((_, index) => found[index] === undefined);
    if (missing.length === 0) return found as CachedTimeline[];

    const builds = await Promise.all(missing.map((author) => shared?.beginBuild(keyFor(author))));
    try {
      const builtAt = now();
      const source = await readSource(
        missing.map(({ id }) => id),
        local.capacity,
      );
      const made = await Promise.all(
        missing.map(async ({ id, switched: graphVersion }, index) => {
          const recent = source.get(id);
          if (!recent) throw new Error('The source left an author out.');
          const timeline = { ...recent, graphVersion, builtAt };
          // Kept there or not, this process saw the beginning of its own build.
          return [id, (await builds[index]?.finish(timeline)) ?? timeline] as const;
        }),
      );
      const byId = new Map(made);
      return authors.map(({ id }, index) => (found[index] ?? byId.get(id)) as CachedTimeline);
    } catch (error) {
      await Promise.all(builds.map((build) => build?.abandon()));
      throw error;
    }
  }

  /** Builds all of them in one go, under way for each from this moment on. */
  function build(wanted: readonly Wanted[]): void {
    const ids = wanted.map(({ author }) => author.id);
    const work = (async () => {
      const building = await Promise.all(ids.map((id) => local.beginBuild(id)));
      try {
        const timelines = await read(wanted);
        const kept = await Promise.all(
          timelines.map(async (timeline, index) => (await building[index]?.finish(timeline)) ?? timeline),
        );
        return new Map(kept.map((timeline, index) => [ids[index], timeline]));
      } catch (error) {
        await Promise.all(building.map((one) => one.abandon()));
        throw error;
      }
    })();
    for (const id of ids) {
      const one = work.then((timelines) => timelines.get(id) as CachedTimeline).finally(() => underWay.delete(id));
      // Whoever waits is told of a failure; a refresh that nobody waits for is tried again by the next read.
      one.catch(() => {});
      underWay.set(id, one);
    }
  }

  /** What a build gives, the one under way or the one after it. */
  async function built(author: PulledAuthor): Promise<CachedTimeline> {
    for (;;) {
      const timeline = await underWay.get(author.id);
      if (timeline && isOf(author, timeline)) return timeline;
      if (!underWay.has(author.id)) build([{ author, youngerThan: Number.NEGATIVE_INFINITY }]);
    }
  }

  /** What is good of what is cached; the rest is built, and so is what will soon be too old. */
  function goodOrBuilt(
    authors: readonly PulledAuthor[],
    cached: readonly (CachedTimeline | undefined)[],
  ): Soon<CachedTimeline[]> {
    const known = authors.map((author, index) => {
      const timeline = cached[index];
      return timeline && isOf(author, timeline) ? timeline : undefined;
    });
    const wanted = authors.flatMap((author, index): Wanted[] => {
      const timeline = known[index];
      if (underWay.has(author.id)) return [];
      if (!timeline) return [{ author, youngerThan: Number.NEGATIVE_INFINITY }];
      return isDue(timeline) ? [{ author, youngerThan: timeline.builtAt }] : [];
    });
    if (wanted.length > 0) build(wanted);
    return all(authors.map((author, index) => known[index] ?? built(author)));
  }

  return {
    get(authors) {
      if (authors.length === 0) return [];
      return after(all(authors.map(({ id }) => local.get(id))), (cached) => goodOrBuilt(authors, cached));
    },

    async push(pushes) {
      if (pushes.length === 0) return;
      // The shared cache first: what a build here takes from there is then never behind what has been pushed here.
      await shared?.push(pushes.map(({ entryIds, authorId }) => ({ entryIds, viewerIds: allReplicaKeys(authorId) })));
      await local.push(pushes.map(({ entryIds, authorId }): Push => ({ entryIds, viewerIds: [authorId] })));
    },

    async join(newest) {
      const positions = await Promise.all(caches.map((cache) => cache.join(newest)));
      return positions.reduce((a, b) => (a < b ? a : b));
    },
    async delivered(upTo) {
      await Promise.all(caches.map((cache) => cache.delivered(upTo)));
    },
    async leave() {
      await Promise.all(caches.map((cache) => cache.leave()));
    },
    async isEmpty() {
      return (await Promise.all(caches.map((cache) => cache.isEmpty()))).every(Boolean);
    },
    async clear() {
      await shared?.clear();
      await local.clear();
    },
  };
}
