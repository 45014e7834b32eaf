import { describe, expect, it, vi } from 'vitest';
import { readFlow } from './flow.ts';
import { updateQueue } from './update-queue.ts';

function queueOf(capacity: number, isStillDue: (update: number) => Promise<boolean> = async () => true) {
  const ends: string[] = [];
  const queue = updateQueue<number>({
    capacity,
    gapAfter: (last) => -last,
    isStillDue,
    onEnd: () => ends.push('ended'),
  });
  return { queue, ends };
}

const done = { done: true, value: undefined };
const value = (update: number) => ({ done: false, value: update });

describe('an update queue', () => {
  it('delivers in order, to a reader that is early and to one that is late', async () => {
    const { queue } = queueOf(10);
    const early = queue.next();
    for (const update of [1, 2, 3]) queue.push([update]);
    expect(await early).toEqual(value(1));
    expect(await queue.next()).toEqual(value(2));
    expect(await queue.next()).toEqual(value(3));
  });

  it('serves readers who ask several times at once in the order in which they asked', async () => {
    const { queue } = queueOf(10, async (update) => update !== 1);
    queue.push([1]);
    const asked = [queue.next(), queue.next(), queue.next()];
    for (const update of [2, 3, 4]) queue.push([update]);
    expect(await Promise.all(asked)).toEqual([value(2), value(3), value(4)]);
  });

  it('drops what waits when there is too much of it, and says so once', async () => {
    const { queue } = queueOf(3);
    for (let update = 1; update <= 4; update++) queue.push([update]);
    expect(await queue.next()).toEqual(value(-3));
    expect(await queue.next()).toEqual(value(4));
  });

  it('holds no more than its capacity however long the reader sleeps', async () => {
    const { queue } = queueOf(3);
    for (let update = 1; update <= 1_000; update++) queue.push([update]);
    const read: number[] = [];
    while (read.at(-1) !== 1_000) {
      const next = await queue.next();
      if (!next.done) read.push(next.value);
    }
    expect(read.length).toBeLessThanOrEqual(3);
    expect(read.filter((update) => update < 0)).toHaveLength(1);
  });

  it('begins with what was missed, and takes nothing from then on that is not new', async () => {
    const { queue } = queueOf(10);
    for (const update of [2, 3, 4]) queue.push([update]);
    queue.begin([1, 2, 3], (update) => update > 3);
    for (const update of [3, 5]) queue.push([update]);
    const read = [];
    for (let count = 0; count < 5; count++) read.push((await queue.next()).value);
    expect(read).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins anew for a reader that waits, too', async () => {
    const { queue } = queueOf(10);
    const early = queue.next();
    await Promise.resolve();
    queue.begin([1, 2], () => true);
    expect([await early, await queue.next()]).toEqual([value(1), value(2)]);
  });

  it('looks anew at what had to wait, and only at that', async () => {
    const asked: number[] = [];
    const { queue } = queueOf(10, async (update) => {
      asked.push(update);
      return update !== 2;
    });
    const early = queue.next();
    // The reader has to be there before the update is.
    await Promise.resolve();
    for (const update of [1, 2, 3]) queue.push([update]);
    expect([await early, await queue.next()]).toEqual([value(1), value(3)]);
    expect(asked).toEqual([2, 3]);
  });

  it('ends at once, also for a reader that waits, and once only', async () => {
    const { queue, ends } = queueOf(10);
    const waiting = queue.next();
    expect(await queue.return()).toEqual(done);
    queue.end();
    queue.push([1]);
    expect([await waiting, await queue.next()]).toEqual([done, done]);
    expect(ends).toEqual(['ended']);
  });

  it('ends when it cannot tell whether an update is still due', async () => {
    const { queue, ends } = queueOf(10, async () => {
      throw new Error('away');
    });
    queue.push([1]);
    await expect(queue.next()).rejects.toThrow('away');
    expect(ends).toEqual(['ended']);
    expect(await queue.next()).toEqual(done);
  });

  /** A reader that takes within the call, as those of a gateway do, as long as it `wantsMore`. */
  function quickReader(queue: ReturnType<typeof queueOf>['queue'], wantsMore: (read: readonly number[]) => boolean) {
    const read: number[] = [];
    const readOn = readFlow(queue, {
      value(update) {
        read.push(update);
        return wantsMore(read);
      },
      end: () => read.push(Number.NaN),
      fail: (error) => expect.unreachable(String(error)),
    });
    readOn();
    return { read, readOn };
  }

  it('passes what comes together within the call, and asks about none of it', () => {
    const { queue } = queueOf(3, async () => expect.unreachable('It did not wait.'));
    const { read } = quickReader(queue, () => true);
    queue.push([1, 2, 3, 4, 5]);
    expect(read).toEqual([1, 2, 3, 4, 5]);
    queue.push([]);
    queue.push([6]);
    expect(read).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('lets what is not taken within the call wait, in order, and looks anew at that', async () => {
    const asked: number[] = [];
    const { queue } = queueOf(10, async (update) => {
      asked.push(update);
      return update !== 4;
    });
    const { read, readOn } = quickReader(queue, (so) => so.length !== 2);
    queue.push([1, 2, 3, 4, 5]);
    expect(read).toEqual([1, 2]);
    queue.push([6]);
    readOn();
    await vi.waitFor(() => expect(read).toEqual([1, 2, 3, 5, 6]));
    expect(asked).toEqual([3, 4, 5, 6]);
  });

  it('keeps its bound in the midst of what comes together', async () => {
    const { queue } = queueOf(3);
    const { read, readOn } = quickReader(queue, (so) => so.length !== 1);
    queue.push([1, 2, 3, 4, 5, 6]);
    expect(read).toEqual([1]);
    readOn();
    await vi.waitFor(() => expect(read).toEqual([1, -4, 5, 6]));
  });

  it('tells nothing more of what came together once its reader has left in the midst of it', () => {
    const { queue, ends } = queueOf(3);
    const { read } = quickReader(queue, (so) => {
      if (so.length === 2) queue.end();
      return true;
    });
    queue.push([1, 2, 3, 4, 5]);
    expect(read).toEqual([1, 2, Number.NaN]);
    expect(ends).toEqual(['ended']);
  });

  it('takes of what comes together only what is new', () => {
    const { queue } = queueOf(10);
    const { read } = quickReader(queue, () => true);
    queue.begin([1, 2], (update) => update > 2);
    queue.push([2, 3]);
    return vi.waitFor(() => expect(read).toEqual([1, 2, 3]));
  });
});
