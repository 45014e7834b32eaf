import { quantile } from '../shared/numbers.ts';
import type { Contestant } from './contestants.ts';

export interface Round {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly written: number;
}

const AUTHORS = 1_000;
const WARM_UP_MS = 500;

/** So many writers at once, each with its next tweet as soon as the last is acknowledged. */
export async function measure(contestant: Contestant, writers: number, seconds: number): Promise<Round> {
  const latencies: number[] = [];
  let written = 0;
  const begin = performance.now() + WARM_UP_MS;
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let number = 0; ; number += 1) {
        const before = performance.now();
        if (before >= end) return;
        const author = String(1_000 + ((writer * 7_919 + number) % AUTHORS));
        await contestant.write(author, `Tweet ${number} of writer ${writer}: a text as long as people write them.`);
        written += 1;
        const after = performance.now();
        if (before >= begin && after <= end) latencies.push(after - before);
      }
    }),
  );
  return {
    perSecond: latencies.length / seconds,
    medianMs: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    written,
  };
}
