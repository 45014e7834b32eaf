import type { CatchesUp } from '@starling/platform/batching';
import { type Database, statement } from '@starling/platform/postgres';
import { quantile } from '../shared/numbers.ts';
import type { Contestant } from './contestants.ts';

export interface Round {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly liked: number;
  /** All of it, in seconds. */
  readonly took: number;
}

const WARM_UP_MS = 500;

const written = statement(
  'bench.writtenSoFar',
  `SELECT (n_tup_ins + n_tup_upd)::float8 AS rows, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal
   FROM pg_stat_user_tables WHERE relid = 'tweets.tweet_counts'::regclass`,
);

/** What connections that have ended have written, at least. */
export async function writtenSoFar(database: Database): Promise<{ rows: number; wal: number }> {
  const [row] = await database.query<{ rows: number; wal: number }>(written);
  if (!row) throw new Error('PostgreSQL has no statistics.');
  return row;
}

let person = 5_000_000;

/** Somebody who has liked nothing yet. */
export function nextPerson(): string {
  person += 1;
  return String(person);
}

/** So many people at once, each a new one as soon as the last has seen the count. */
export async function measure(
  contestant: Contestant,
  counts: CatchesUp,
  tweetIds: readonly string[],
  { people, seconds }: { readonly people: number; readonly seconds: number },
): Promise<Round> {
  const latencies: number[] = [];
  let liked = 0;
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
  return {
    perSecond: latencies.length / seconds,
    medianMs: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    liked,
    took: (performance.now() - begin + WARM_UP_MS) / 1_000,
  };
}
