import { setTimeout as pause } from 'node:timers/promises';

/** Begins `work` so many times a second, whether or not what was begun before has ended; resolves when all has. */
async function steadily(perSecond: number, seconds: number, work: (index: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = began + (index * 1_000) / perSecond;
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
  readonly post: (index: number) => Promise<void>;
}

/** How long each page took, in milliseconds. */
export async function runStretch({ seconds, pages, posts, read, post }: Stretch): Promise<number[]> {
  const took: number[] = [];
  await Promise.all([
    steadily(pages, seconds, async (index) => {
      const began = performance.now();
      await read(index);
      took.push(performance.now() - began);
    }),
    steadily(posts, seconds, post),
  ]);
  return took;
}
