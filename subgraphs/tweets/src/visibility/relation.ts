import { type Facts, NOTHING_HIDES, obstacle } from '@starling/visibility';

/** How a viewer stands to an author, as far as it hides anything. */
export interface Relation {
  readonly isBlocking: boolean;
  readonly isBlockedBy: boolean;
  /** Altogether and at this moment; muting someone's retweets alone hides nothing of what stands here. */
  readonly isMuting: boolean;
  /** The author is protected, and the viewer, signed in or not, is neither the author nor a follower. */
  readonly isShutOut: boolean;
}

/** Of the viewer to the viewer, and of strangers. */
export const NO_RELATION: Relation = { isBlocking: false, isBlockedBy: false, isMuting: false, isShutOut: false };

/** What the rules ask of a relation. */
export function factsOf({ isBlocking, isBlockedBy, isMuting, isShutOut }: Relation): Facts {
  return { ...NOTHING_HIDES, isBlocked: isBlocking || isBlockedBy, isMuted: isMuting, isShutOut };
}

/** A tweet of that author is seen by whoever looks it up. */
export const isSeen = (relation: Relation): boolean =>
  relation === NO_RELATION || obstacle('lookUp', factsOf(relation)) === undefined;

/** Who sees a tweet may answer it. */
export const mayAnswer = isSeen;
