import { randomUUID } from 'node:crypto';
import { type Database, statement } from '../postgres/database.ts';
import { AHEAD_MS, allHeld, LEASE_MS, type WriterLeases } from './writer-leases.ts';

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

/** Writer numbers in a table of the database. */
export function postgresWriterLeases(database: Database): WriterLeases {
  const holder = randomUUID();
  return {
    async lease(nowMs) {
      const [row] = await database.query<{ writer: number; used: string; reserved: string }>(leaseWriter, [
        holder,
        LEASE_MS,
        nowMs,
        AHEAD_MS,
      ]);
      if (!row) throw allHeld();
      return { writer: row.writer, usedUntilMs: Number(row.used), reservedUntilMs: Number(row.reserved) };
    },

    async renew(writer, nowMs) {
      const values = [writer, holder, LEASE_MS, nowMs, AHEAD_MS];
      const [row] = await database.query<{ reserved: string }>(renewWriter, values);
      return row ? Number(row.reserved) : null;
    },

    async giveBack(writer, usedUntilMs) {
      await database.query(returnWriter, [writer, holder, usedUntilMs]);
    },
  };
}
