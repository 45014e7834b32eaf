import { setTimeout as pause } from 'node:timers/promises';

/**
 * Begins `work` so many times a second, whether or not what was begun before has ended; resolves when all has. Each is
 * begun later than its turn by what `lateMs` says.
 */
async function steadily(
  perSecond: number,
  seconds: number,
  work: (index: number) => Promise<void>,
  lateMs: (index: number) => number = () => 0,
): Promise<void> {
  const began = performance.now();
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = began + (index * 1_000) / perSecond + lateMs(index);
    const early = due - performance.now();
    if (early > 0) await pause(early);
    underWay.push(work(index));
  }
  await Promise.all(underWay);
}

export interface Stretch {
  readonly seconds: number;
  readonly pages: number;
  /** None: nobody posts. */
  readonly posts: number;
  readonly read: (index: number) => Promise<unknown>;
  /** Answers when it was committed, in the milliseconds of `performance.now()`. */
  readonly post: (index: number) => Promise<number>;
}

/** A page; times in milliseconds. */
export interface Page {
  readonly took: number;
  /** Since the last post had been committed, when the page was asked for; infinite when none had. */
  readonly afterPost: number;
}

/** Multiples of it fill the space between two whole numbers evenly, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Pages at a steady rate, and posts at another, each at a different point between two pages: one that always came with a page, or
 * always between two, would tell nothing of all others.
 */
export async function runStretch({ seconds, pages, posts, read, post }: Stretch): Promise<Page[]> {
  const taken: { readonly began: number; readonly took: number }[] = [];
  const committed: number[] = [];
  await Promise.all([
    steadily(pages, seconds, async (index) => {
      const began = performance.now();
      await read(index);
      taken.push({ began, took: performance.now() - began });
    }),
    steadily(
      posts,
      seconds,
      async (index) => {
        committed.push(await post(index));
      },
      (index) => ((index * GOLDEN) % 1) * (1_000 / pages),
    ),
  ]);
  return taken.map(({ began, took }) => ({
    took,
    afterPost: began - Math.max(...committed.filter((at) => at <= began), Number.NEGATIVE_INFINITY),
  }));
}
