import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesce.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Turns until `happened`, or as many as there may be at most. */
async function turnsUntil(happened: () => boolean, most: number, meanwhile: () => void = () => {}): Promise<number> {
  let turns = 0;
  for (; !happened() && turns < most; turns++) {
    meanwhile();
    await turn();
  }
  return turns;
}

/** A task whose runs end when they are told to. */
function controlled() {
  const runs: { end(answer: number): void; fail(): void }[] = [];
  const ask = coalesced(
    () =>
      new Promise<number>((resolve, reject) => {
        runs.push({ end: resolve, fail: () => reject(new Error('It failed.')) });
      }),
  );
  return { runs, ask };
}

/** One who is being answered, and one who asked meanwhile. */
async function oneUnderWay() {
  const { runs, ask } = controlled();
  const first = ask();
  await turnsUntil(() => runs.length > 0, 100);
  const second = ask();
  return {
    ...{ runs, ask, first, second },
    async endSecond() {
      await turnsUntil(() => runs.length > 1, 100);
      runs[1]?.end(2);
      expect(await second).toBe(2);
    },
  };
}

describe('a task that is shared', () => {
  it('runs once for all who ask in one turn', async () => {
    const { runs, ask } = controlled();
    const answers = Promise.all([ask(), ask(), ask()]);
    await turnsUntil(() => runs.length > 0, 100);
    runs[0]?.end(7);
    expect(await answers).toEqual([7, 7, 7]);
    expect(runs).toHaveLength(1);
  });

  it('waits for whoever comes while others do, but not for ever', async () => {
    const { runs, ask } = controlled();
    const asked = [ask()];
    const turns = await turnsUntil(
      () => runs.length > 0,
      100,
      () => asked.push(ask()),
    );
    expect(turns).toBeGreaterThan(2);
    expect(turns).toBeLessThan(20);
    runs[0]?.end(7);
    expect(await asked[0]).toBe(7);
  });

  it('runs once for those who waited, and those who were answered and ask again', async () => {
    const { runs, ask, first, second, endSecond } = await oneUnderWay();
    runs[0]?.end(1);
    await first;
    // An answer goes out over a socket, and what comes back is read a turn later.
    await turnsUntil(() => false, 2);
    expect(ask()).toBe(second);
    await endSecond();
  });

  it('runs one at a time, and never answers with a run that began before the question', async () => {
    const { runs, first, endSecond } = await oneUnderWay();
    await turnsUntil(() => runs.length > 1, 20);
    expect(runs).toHaveLength(1);
    runs[0]?.end(1);
    expect(await first).toBe(1);
    await endSecond();
  });

  it('tells of a failure only those who asked for that run', async () => {
    const { runs, first, endSecond } = await oneUnderWay();
    runs[0]?.fail();
    await expect(first).rejects.toThrow('It failed.');
    await endSecond();
  });
});
