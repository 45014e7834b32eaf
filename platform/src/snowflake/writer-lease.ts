import { randomUUID } from 'node:crypto';
import { type Database, statement } from '../postgres/database.ts';

/** A writer number for a while, and the milliseconds in which ids may be made with it. */
export interface WriterLease {
  readonly writer: number;
  /** Others may have made ids with this number up to here (Unix milliseconds). */
  readonly usedUntilMs: number;
  /** No id may be later than this until more is reserved. */
  readonly reservedUntilMs: number;
}

const LEASE_MS = 30_000;
/** How far ahead of the clock ids are reserved: longer than a few renewals take. */
const AHEAD_MS = 10_000;

// The number that was used longest ago, so that its ids lie behind the clock and nobody has to wait for it.
const leaseWriter = statement(
  'platform.leaseWriter',
  `with free as materialized (
     select writer, reserved_until_ms from platform.snowflake_writers
     where holder is null or expires_at <= now()
     order by reserved_until_ms, writer limit 1
     for update skip locked
   )
   update platform.snowflake_writers as leased
   set holder = $1, expires_at = now() + $2 * interval '1 millisecond',
     reserved_until_ms = greatest(free.reserved_until_ms, $3::bigint) + $4::bigint
   from free where leased.writer = free.writer
   returning leased.writer, free.reserved_until_ms as used, leased.reserved_until_ms as reserved`,
);

const renewWriter = statement(
  'platform.renewWriter',
  `update platform.snowflake_writers
   set expires_at = now() + $3 * interval '1 millisecond',
     reserved_until_ms = greatest(reserved_until_ms, $4::bigint + $5::bigint)
   where writer = $1 and holder = $2
   returning reserved_until_ms as reserved`,
);

const returnWriter = statement(
  'platform.returnWriter',
  `update platform.snowflake_writers set holder = null, expires_at = null, reserved_until_ms = $3
   where writer = $1 and holder = $2`,
);

/** One holder's dealings with the table of writer numbers. Milliseconds are those of the holder's clock. */
export function writerLeases(database: Database) {
  const holder = randomUUID();
  return {
    /** Throws when as many processes hold numbers as there are. */
    async lease(nowMs: number): Promise<WriterLease> {
      const [row] = await database.query<{ writer: number; used: string; reserved: string }>(leaseWriter, [
        holder,
        LEASE_MS,
        nowMs,
        AHEAD_MS,
      ]);
      if (!row) throw new Error('All 63 writer numbers of ids are held by running processes.');
      return { writer: row.writer, usedUntilMs: Number(row.used), reservedUntilMs: Number(row.reserved) };
    },

    /** The new end of the reservation, or null when the number has been leased to somebody else. */
    async renew(writer: number, nowMs: number): Promise<number | null> {
      const values = [writer, holder, LEASE_MS, nowMs, AHEAD_MS];
      const [row] = await database.query<{ reserved: string }>(renewWriter, values);
      return row ? Number(row.reserved) : null;
    },

    /** Gives the number back; ids have been made with it up to `usedUntilMs`. */
    async giveBack(writer: number, usedUntilMs: number): Promise<void> {
      await database.query(returnWriter, [writer, holder, usedUntilMs]);
    },
  };
}
