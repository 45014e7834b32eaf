import { setTimeout as pause } from 'node:timers/promises';
import type { CatchesUp } from '@starling/platform/batching';
import { type Database, statement } from '@starling/platform/postgres';
import { quantile } from '../shared/numbers.ts';
import type { Contestant } from './contestants.ts';

export interface Round {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Of the counts' table, in a second. */
  readonly rowsWritten: number;
  /** Write-ahead log for a like, in bytes, counting included. */
  readonly walBytes: number;
  readonly liked: number;
}

const WARM_UP_MS = 500;
/** PostgreSQL's processes tell what they have written once a second at most. */
const TOLD_AFTER_MS = 1_500;

const written = statement(
  'bench.writtenSoFar',
  `SELECT (n_tup_ins + n_tup_upd)::float8 AS rows, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal
   FROM pg_stat_user_tables WHERE relid = 'tweets.tweet_counts'::regclass`,
);

async function writtenSoFar(database: Database): Promise<{ rows: number; wal: number }> {
  const [row] = await database.query<{ rows: number; wal: number }>(written);
  if (!row) throw new Error('PostgreSQL has no statistics.');
  return row;
}

let person = 5_000_000;

/** So many people at once, each a new one as soon as the last has seen the count. */
export async function measure(
  database: Database,
  contestant: Contestant,
  counts: CatchesUp,
  tweetIds: readonly string[],
  { people, seconds }: { readonly people: number; readonly seconds: number },
): Promise<Round> {
  const latencies: number[] = [];
  let liked = 0;
  const before = await writtenSoFar(database);
  const begin = performance.now() + WARM_UP_MS;
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: people }, async () => {
      for (;;) {
        const from = performance.now();
        if (from >= end) return;
        person += 1;
        await contestant.like(String(person), tweetIds[person % tweetIds.length] as string, counts);
        liked += 1;
        const to = performance.now();
        if (from >= begin && to <= end) latencies.push(to - from);
      }
    }),
  );
  await pause(TOLD_AFTER_MS);
  const after = await writtenSoFar(database);
  return {
    perSecond: latencies.length / seconds,
    medianMs: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    rowsWritten: (after.rows - before.rows) / (seconds + WARM_UP_MS / 1_000),
    walBytes: (after.wal - before.wal) / liked,
    liked,
  };
}
