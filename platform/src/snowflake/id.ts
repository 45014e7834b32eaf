/**
 * Ids are 64-bit Snowflakes written in decimal: 41 bits of milliseconds since the epoch below, 10 machine bits of which
 * 4 name the kind of thing and 6 the writer, and a 12-bit sequence. As text they are exact; as numbers they would not be.
 */
export const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657;

export const KIND = {
  user: 0,
  tweet: 1,
  list: 2,
  notification: 3,
  media: 4,
  mutedKeyword: 5,
  session: 6,
  report: 7,
  retweet: 8,
} as const;

export type Kind = keyof typeof KIND;

/** Writers 0-62 are leased by running processes; 63 makes the ids of imported things. */
export const WRITERS = 64;
export const IMPORT_WRITER = 63;
export const SEQUENCES = 4_096;

const LARGEST = (1n << 63n) - 1n;
const kindByNumber = new Map<number, Kind>(Object.entries(KIND).map(([kind, number]) => [number, kind as Kind]));

export interface SnowflakeParts {
  /** Unix time in milliseconds. */
  readonly ms: number;
  readonly kind: Kind;
  readonly writer: number;
  readonly sequence: number;
}

export function makeSnowflake({ ms, kind, writer, sequence }: SnowflakeParts): string {
  return (
    (BigInt(ms - SNOWFLAKE_EPOCH_MS) << 22n) |
    (BigInt(KIND[kind]) << 18n) |
    (BigInt(writer) << 12n) |
    BigInt(sequence)
  ).toString();
}

/** True for the decimal text of a positive 64-bit number: the form of an id, whether or not the thing exists. */
export function isSnowflake(text: string): boolean {
  return /^[1-9][0-9]{0,18}$/.test(text) && BigInt(text) <= LARGEST;
}

/** The kind of thing that a well-formed id names, or undefined for a kind that there is not. */
export function kindOf(id: string): Kind | undefined {
  return kindByNumber.get(Number((BigInt(id) >> 18n) & 15n));
}

/** The time of creation that a well-formed id carries, in Unix milliseconds. */
export function snowflakeMs(id: string): number {
  return Number(BigInt(id) >> 22n) + SNOWFLAKE_EPOCH_MS;
}

export function snowflakeDate(id: string): Date {
  return new Date(snowflakeMs(id));
}

/** The smallest id of a millisecond: what a page "since then" starts at. */
export function firstSnowflakeAt(ms: number): string {
  return (BigInt(Math.max(0, ms - SNOWFLAKE_EPOCH_MS)) << 22n).toString();
}
