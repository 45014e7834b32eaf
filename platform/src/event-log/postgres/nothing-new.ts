import { type Queryable, statement } from '../../postgres/database.ts';
import { type AsOf, arrayOf } from './outstanding.ts';

// Two look-ups in the index by topic and transaction for each topic, from the one snapshot.
const findNews = statement(
  'platform.findNews',
  `select pg_current_snapshot()::text as snapshot, pg_backend_pid() as backend, exists (
     select from unnest($2::text[]) as asked(topic)
     where exists (
       select from platform.outbox
       where topic = asked.topic and transaction_id >= pg_snapshot_xmax($1::pg_snapshot)
     ) or exists (
       select from platform.outbox
       where topic = asked.topic and transaction_id = any(array(select pg_snapshot_xip($1::pg_snapshot)))
     )
   ) as "isNews"`,
);

/** Somebody may set a stored offset back, of which no event tells: all groups are asked about this often. */
const BELIEVED_MS = 400;

/**
 * Whether all groups have still handled everything: they had once, and nothing was committed to their topics since. One
 * snapshot is compared instead of that of every group, and what it is compared with becomes the next one.
 */
export interface NothingNew {
  isStillSo(reader: Queryable): Promise<boolean>;
  /** All groups have handled what is visible in this snapshot. */
  begin(asOf: AsOf): void;
  /** There is something new, as far as is known; or the server crashed, and numbers in snapshots stand for other transactions. */
  end(): void;
}

/** `now` answers milliseconds that never step back. */
export function nothingNew(topics: readonly string[], now: () => number = () => performance.now()): NothingNew {
  const asked = arrayOf([...new Set(topics)]);
  let since: AsOf | undefined;
  let believedUntil = 0;
  return {
    async isStillSo(reader) {
      const before = since;
      if (!before || now() > believedUntil) return false;
      const [row] = await reader.query<AsOf & { isNews: boolean }>(findNews, [before.snapshot, asked]);
      // Another backend may be another server's, too.
      if (!row || row.isNews || row.backend !== before.backend || since !== before) {
        since = undefined;
        return false;
      }
      since = row;
      return true;
    },
    begin(asOf) {
      since = asOf;
      believedUntil = now() + BELIEVED_MS;
    },
    end() {
      since = undefined;
    },
  };
}
