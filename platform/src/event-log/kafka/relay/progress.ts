import { setTimeout as pause } from 'node:timers/promises';
import { type Database, type Queryable, statement } from '../../../postgres/database.ts';
import { formatLsn, parseLsn } from '../lsn.ts';

const POLL_MS = 15;

const read = statement('platform.readRelay', 'select lsn::text as lsn from platform.relays where cluster = $1');

const advance = statement(
  'platform.advanceRelay',
  `update platform.relays set lsn = $2::pg_lsn, seen = coalesce($3::pg_snapshot, seen)
   where cluster = $1 returning cluster`,
);

const begin = statement(
  'platform.beginRelay',
  `insert into platform.relays (cluster, slot, lsn, seen) values ($1, $2, $3::pg_lsn, pg_current_snapshot())
   on conflict (cluster) do update set slot = excluded.slot, lsn = excluded.lsn, seen = excluded.seen`,
);

export async function storeProgress(
  database: Queryable,
  cluster: string,
  { lsn, seen }: { readonly lsn: bigint; readonly seen: string | null },
): Promise<void> {
  const rows = await database.query(advance, [cluster, formatLsn(lsn), seen]);
  if (rows.length === 0) throw new Error('The place of the relay has been removed.');
}

/** To be called in the transaction that sees what was sent. */
export async function storeBeginning(
  transaction: Queryable,
  cluster: string,
  slot: string,
  lsn: string,
): Promise<void> {
  await transaction.query(begin, [cluster, slot, lsn]);
}

/** How far the active relay has come, whichever process it runs in. */
export interface Progress {
  /** The relay of this process has come this far. */
  moved(lsn: bigint): void;
  /** Resolves once the active relay has sent everything that was committed before `lsn`. */
  reach(lsn: bigint, cluster: string, signal: AbortSignal): Promise<void>;
}

export function relayProgress(database: Database): Progress {
  let here = 0n;
  let wake = () => {};
  let woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  return {
    moved(lsn) {
      if (lsn <= here) return;
      here = lsn;
      wake();
      woken = new Promise((resolve) => {
        wake = resolve;
      });
    },
    async reach(lsn, cluster, signal) {
      while (here < lsn) {
        signal.throwIfAborted();
        const [row] = await database.query<{ lsn: string }>(read, [cluster]);
        if (row && parseLsn(row.lsn) >= lsn) return;
        await Promise.race([woken, pause(POLL_MS)]);
      }
    },
  };
}
