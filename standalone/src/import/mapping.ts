import { createHash } from 'node:crypto';
import { IMPORT_WRITER, makeSnowflake } from '@starling/platform/snowflake';

/** Imported accounts began here: node n joined n milliseconds later, the last possible one on 16 November 2010. */
export const ACCOUNTS_BEGIN_MS = Date.UTC(2010, 10, 5);

/** No imported post is older, so that every author has an account by then. A file that begins earlier is moved here. */
export const POSTS_BEGIN_MS = Date.UTC(2010, 10, 17);

/** Sequence numbers tell the sources of imported tweets apart; 0 belongs to the demo community. */
export const DEMO_SEQUENCE = 0;
export const LARGEST_SLOT = 4_095;

export interface ImportedAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  readonly bio: null;
  readonly location: null;
}

export function accountId(node: number): string {
  return makeSnowflake({ ms: ACCOUNTS_BEGIN_MS + node, kind: 'user', writer: IMPORT_WRITER, sequence: 0 });
}

/** Node n of the graph as an account: the same on every machine. The address is of a domain that never receives mail. */
export function accountOf(node: number): ImportedAccount {
  const username = `u${node}`;
  return {
    id: accountId(node),
    username,
    email: `${username}@import.invalid`,
    displayName: username,
    bio: null,
    location: null,
  };
}

/** A tweet of the source with this slot: no two sources share a sequence, no two posts of one source a millisecond. */
export function tweetId(ms: number, slot: number): string {
  return makeSnowflake({ ms, kind: 'tweet', writer: IMPORT_WRITER, sequence: slot });
}

/** Two numbers in [0, 1) that look random and are always the same for the same source, id and purpose. */
function fractions(purpose: string, source: string, sourceId: string): [number, number] {
  const digest = createHash('sha256').update(`${purpose}\n${source}\n${sourceId}`).digest();
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48];
}

const FLATTENED_RANKS = 20;

/**
 * Draws a place in a ranking of `size` accounts for a post that names no author: the chance of place k falls like
 * 1 / (k + 20), so that the most followed write the most and most write little, yet nobody writes a tenth of everything.
 */
export function drawRank(source: string, sourceId: string, size: number): number {
  const [fraction] = fractions('author', source, sourceId);
  const rank = FLATTENED_RANKS * ((size + FLATTENED_RANKS) / FLATTENED_RANKS) ** fraction - FLATTENED_RANKS;
  return Math.min(size - 1, Math.floor(rank));
}

/** How much people write in each hour of the day, in UTC: little at night, most in the evening. */
const HOUR_WEIGHTS = [5, 3, 2, 1, 1, 2, 4, 6, 8, 9, 9, 10, 11, 10, 9, 9, 10, 11, 12, 13, 14, 13, 10, 8];
const HOURS = HOUR_WEIGHTS.flatMap((weight, hour) => Array<number>(weight).fill(hour));

/** Half-open. */
export interface Month {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A month as `2012-01`; undefined when it is none, begins before imported posts may, or is not over at `nowMs`. */
export function parseMonth(text: string, nowMs: number): Month | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) return undefined;
  const month = {
    fromMs: Date.UTC(Number(match[1]), Number(match[2]) - 1),
    toMs: Date.UTC(Number(match[1]), Number(match[2])),
  };
  return month.fromMs >= POSTS_BEGIN_MS && month.toMs <= nowMs ? month : undefined;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The time of a post that has none: any day of the month alike, the hours as people have them. */
export function spreadOver(month: Month, source: string, sourceId: string): number {
  const [dayFraction, hourFraction] = fractions('time', source, sourceId);
  const day = Math.floor((dayFraction * (month.toMs - month.fromMs)) / DAY_MS);
  const place = hourFraction * HOURS.length;
  const hour = HOURS[Math.floor(place)] ?? 0;
  return month.fromMs + day * DAY_MS + hour * HOUR_MS + Math.floor((place % 1) * HOUR_MS);
}
