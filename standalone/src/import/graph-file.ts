import type { Line } from './read-lines.ts';
import type { Tally } from './tally.ts';

/** Nodes are numbered 0 to this, so that `u<n>` is a username and `n` milliseconds fit before the first imported post. */
export const LARGEST_NODE = 999_999_999;

/** One line of the graph: `follower` follows `followee`, both node numbers. */
export interface Edge {
  readonly line: number;
  readonly follower: number;
  readonly followee: number;
}

const EDGE = /^\s*(\d{1,15})[ \t]+(\d{1,15})\s*$/;
const NO_EDGE = /^\s*(?:[#%]|$)/;

/**
 * Reads a line `a b` (a follows b). Blank lines and those that begin with # or % are passed over; what is refused is
 * counted, and answers nothing either.
 */
export function readEdge({ number, text }: Line, tally: Tally): Edge | undefined {
  if (text !== undefined && NO_EDGE.test(text)) return undefined;
  tally.read += 1;
  const match = text === undefined ? null : EDGE.exec(text);
  if (!match) {
    tally.refuse('MALFORMED', number);
    return undefined;
  }
  const follower = Number(match[1]);
  const followee = Number(match[2]);
  if (follower > LARGEST_NODE || followee > LARGEST_NODE) {
    tally.refuse('NODE_TOO_LARGE', number);
    return undefined;
  }
  if (follower === followee) {
    tally.refuse('SELF_FOLLOW', number);
    return undefined;
  }
  return { line: number, follower, followee };
}
