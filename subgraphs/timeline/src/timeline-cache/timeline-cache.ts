/** Entries that a cached timeline holds at most, unless its cache is made for fewer. */
export const TIMELINE_CAPACITY = 800;
/** So long after its last read a cached timeline is gone: 24 hours. */
export const TIMELINE_TTL_MS = 24 * 60 * 60 * 1_000;

/** `completeDownTo` of a timeline that holds its viewer's home to the very first entry. */
export const THE_BEGINNING = 0n;

/**
 * The newest entries of one viewer's home, as fan-out pushed them and as a build read them from the source: what the home
 * rule puts there, whether or not it is hidden now. Nobody changes a timeline that was handed out.
 */
export interface CachedTimeline {
  /** Entry ids, newest first, each once. */
  readonly ids: BigInt64Array;
  /** Every entry from this id upwards is in `ids`, or is still on its way by push; below it, `ids` has nothing. */
  readonly completeDownTo: bigint;
  /** What the viewer followed when the timeline was built: the version that was read before the source was. */
  readonly graphVersion: bigint;
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

export interface Push {
  readonly viewerId: string;
  /** In any order, pushed before or not. */
  readonly entryIds: readonly bigint[];
}

/** Cached home timelines, each bounded, and a bounded number of them: the ones not read for longest go first. */
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
  get(viewerId: string): Promise<CachedTimeline | undefined>;
  beginBuild(viewerId: string): Promise<TimelineBuild>;
  /**
   * Inserts entries in their places into the timelines that are cached or being built, and only there. An entry below a
   * timeline's `completeDownTo` is dropped; what grows beyond the capacity is trimmed, and `completeDownTo` rises with it.
   */
  push(pushes: readonly Push[]): Promise<void>;
  /** Whose timelines are cached or being built: whoever is not among them begins a build later than this call. */
  viewers(): Promise<readonly string[]>;
  evict(viewerIds: readonly string[]): Promise<void>;
  /** Forgets every timeline. */
  clear(): Promise<void>;
}
