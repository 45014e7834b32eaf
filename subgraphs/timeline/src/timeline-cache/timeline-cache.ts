import type { Soon } from '@starling/platform/batching';

/** Entries that a cached timeline holds at most, unless its cache is made for fewer. */
export const TIMELINE_CAPACITY = 800;
/** So long after its last read a cached timeline is gone: 24 hours. */
export const TIMELINE_TTL_MS = 24 * 60 * 60 * 1_000;

/** Viewers that are listed at once, at most. */
export const VIEWERS_PER_SLICE = 1_000;

/** `completeDownTo` of a timeline that holds its viewer's home to the very first entry. */
export const THE_BEGINNING = 0n;

/**
 * The newest entries of one list, as fan-out pushed them and as a build read them from the source: of a viewer's home what
 * the home rule puts there, whether or not it is hidden now; of a pulled author everything. Nobody changes a timeline that
 * was handed out.
 */
export interface CachedTimeline {
  /** Entry ids, newest first, each once. */
  readonly ids: BigInt64Array;
  /** Every entry from this id upwards is in `ids`, or is still on its way by push; below it, `ids` has nothing. */
  readonly completeDownTo: bigint;
  /** Of what the timeline is made (whom the viewer follows, who is pulled): the version that was read before the source was. */
  readonly graphVersion: bigint;
  /** When its source was read, in Unix milliseconds. */
  readonly builtAt: number;
}

/** A build under way: it began before its source was read, so that nothing pushed in the meantime is lost. */
export interface TimelineBuild {
  /**
   * Keeps what was read together with what was pushed since the build began, and answers both. Undefined, and nothing is
   * kept, when what was pushed is not known any more: what was read is then good only for who asked before it was read.
   */
  finish(timeline: CachedTimeline): Promise<CachedTimeline | undefined>;
  /** Gives the build up. */
  abandon(): Promise<void>;
}

/** The same entries for many. */
export interface Push {
  /** In any order, pushed before or not. */
  readonly entryIds: readonly bigint[];
  /** Whoever they are for, cached or not. */
  readonly viewerIds: readonly string[];
}

/** Called between pieces of work, with the milliseconds that the last one took; resolves when the next may begin. */
export type Rest = (workedMs: number) => Promise<void>;

/**
 * Cached timelines, each bounded, and a bounded number of them: the ones not read for longest go first. A timeline is a
 * viewer's home; or, in a cache of its own, what a pulled author did, of whom everything said here of viewers then holds.
 */
export interface TimelineCache {
  /** Entries that each timeline holds at most. */
  readonly capacity: number;
  /**
   * A fan-out begins to watch over the cache. Answers the change from which it has to deliver: everything up to it is in
   * the cached timelines. Where nobody else watches, that is `newest` (committed before the call), and all is forgotten.
   */
  join(newest: bigint): Promise<bigint>;
  /** Every change up to this one has been pushed: who joins later need not do it again. */
  delivered(upTo: bigint): Promise<void>;
  /** The fan-out that joined has ended. */
  leave(): Promise<void>;
  get(viewerId: string): Soon<CachedTimeline | undefined>;
  beginBuild(viewerId: string): Promise<TimelineBuild>;
  /**
   * Inserts entries in their places into the timelines that are cached or being built, and only there. An entry below a
   * timeline's `completeDownTo` is dropped; what grows beyond the capacity is trimmed, by up to a tenth at once, so that
   * not every push trims, and `completeDownTo` rises with it. With a `rest` it is done in small pieces, one after the other,
   * and without one as fast as it goes.
   */
  push(pushes: readonly Push[], rest?: Rest): Promise<void>;
  /** Whether nothing is cached or being built: then whoever comes begins a build later than this call. */
  isEmpty(): Promise<boolean>;
  /** About how many are cached or being built, for little: to choose between ways, not to rely on. */
  estimateViewers(): Promise<number>;
  /**
   * Whose timelines are cached or being built, in slices of `VIEWERS_PER_SLICE` at most, some of them perhaps twice: whoever
   * is in none of them begins a build later than this call.
   */
  listViewers(): AsyncIterable<readonly string[]>;
  evict(viewerIds: readonly string[]): Promise<void>;
  /** Forgets every timeline. */
  clear(): Promise<void>;
}
