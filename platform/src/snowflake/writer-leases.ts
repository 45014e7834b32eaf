/** A writer number for a while, and the milliseconds in which ids may be made with it. */
export interface WriterLease {
  readonly writer: number;
  /** Others may have made ids with this number up to here (Unix milliseconds). */
  readonly usedUntilMs: number;
  /** No id may be later than this until more is reserved. */
  readonly reservedUntilMs: number;
}

/** One holder's dealings with the writer numbers of a system. Milliseconds are those of the holder's clock. */
export interface WriterLeases {
  /** Throws when as many processes hold numbers as there are. */
  lease(nowMs: number): Promise<WriterLease>;
  /** The new end of the reservation, or null when the number is not, or not surely, the holder's any more. */
  renew(writer: number, nowMs: number): Promise<number | null>;
  /** Gives the number back; ids have been made with it up to `usedUntilMs`. */
  giveBack(writer: number, usedUntilMs: number): Promise<void>;
}

export const WRITERS = 63;
export const LEASE_MS = 30_000;
/** How far ahead of the clock ids are reserved: longer than a few renewals take. */
export const AHEAD_MS = 10_000;

export function allHeld(): Error {
  return new Error(`All ${WRITERS} writer numbers of ids are held by running processes.`);
}
