import { setTimeout as pause } from 'node:timers/promises';
import type { CatchesUp } from '@starling/platform/batching';
import { quantile } from '../shared/numbers.ts';
import type { Contestant } from './contestants.ts';
import { nextPerson } from './rounds.ts';

/** How long reads of a page's counts took while others liked. */
export interface Pages {
  readonly likesPerSecond: number;
  readonly pagesPerSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly liked: number;
}

const ON_A_PAGE = 20;
const READERS = 2;
const TICK_MS = 10;
const WARM_UP_MS = 500;
/** Likes under way, at most: who cannot keep up has fewer. */
const UNDER_WAY = 256;

const anyOf = (ids: readonly string[]) => ids[Math.floor(Math.random() * ids.length)] as string;

/** Every second like is of the one tweet that is on every page. */
export async function measurePages(
  contestant: Contestant,
  counts: CatchesUp,
  tweetIds: readonly string[],
  { likesPerSecond, seconds }: { readonly likesPerSecond: number; readonly seconds: number },
): Promise<Pages> {
  const [hot] = tweetIds as [string];
  const begin = performance.now();
  const counted = begin + WARM_UP_MS;
  const end = counted + seconds * 1_000;
  const underWay = new Set<Promise<void>>();
  let started = 0;
  let liked = 0;

  async function like(): Promise<void> {
    for (;;) {
      const now = performance.now();
      if (now >= end) break;
      // Against the clock: a timer may be late.
      const due = ((now - begin) / 1_000) * likesPerSecond;
      while (started < due) {
        started += 1;
        if (underWay.size >= UNDER_WAY) continue;
        liked += 1;
        const one = contestant.like(nextPerson(), liked % 2 === 0 ? hot : anyOf(tweetIds), counts);
        underWay.add(one);
        void one.then(() => underWay.delete(one));
      }
      await pause(TICK_MS);
    }
    await Promise.all(underWay);
  }

  const latencies: number[] = [];
  async function read(): Promise<void> {
    const page = contestant.newReader(counts);
    for (;;) {
      const from = performance.now();
      if (from >= end) return;
      await page([hot, ...Array.from({ length: ON_A_PAGE - 1 }, () => anyOf(tweetIds))]);
      if (from >= counted) latencies.push(performance.now() - from);
      // A page in a while, so that likes have their share of the machine.
      await pause(TICK_MS);
    }
  }

  await Promise.all([like(), ...Array.from({ length: READERS }, read)]);
  const took = (performance.now() - begin) / 1_000;
  return {
    likesPerSecond: liked / took,
    pagesPerSecond: latencies.length / seconds,
    medianMs: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    liked,
  };
}
