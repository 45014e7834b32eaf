import { woken } from '@starling/platform/live';
import { expect, test } from 'vitest';
import { manualClock } from '../../tests/support/manual-clock.ts';

/** Work that ends when it is told to. */
function slowWork() {
  const begun: { end: (error?: Error) => void }[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      begun.push({ end: (error) => (error ? reject(error) : resolve()) });
    });
  return { begun, work };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('is done once for all who wake it meanwhile, and once more after it', async () => {
  const { begun, work } = slowWork();
  const { clock } = manualClock();
  const worker = woken({ work, clock, onFailure: () => {} });
  worker.wake();
  expect(begun).toHaveLength(0);
  worker.start();
  worker.wake();
  worker.wake();
  worker.wake();
  expect(begun).toHaveLength(1);
  begun[0]?.end();
  await turn();
  expect(begun).toHaveLength(2);
  begun[1]?.end();
  await turn();
  expect(begun).toHaveLength(2);
  await worker.stop();
});

test('is tried again by the clock after it failed, and whoever waits for it hears of the failure', async () => {
  const failures: unknown[] = [];
  let isBroken = true;
  let times = 0;
  const { clock, tick } = manualClock();
  const worker = woken({
    clock,
    onFailure: (error) => failures.push(error),
    async work() {
      times += 1;
      if (isBroken) throw new Error('broken');
    },
  });
  worker.start();
  await expect(worker.run()).rejects.toThrow('broken');
  await tick();
  expect(failures).toMatchObject([{ message: 'broken' }]);
  isBroken = false;
  await tick();
  expect(times).toBe(3);
  await worker.stop();
});

test('stops when what is under way has ended, and begins nothing more', async () => {
  const { begun, work } = slowWork();
  const { clock, tick } = manualClock();
  const worker = woken({ work, clock, onFailure: () => {} });
  worker.start();
  worker.wake();
  worker.wake();
  let hasStopped = false;
  const stopped = worker.stop().then(() => {
    hasStopped = true;
  });
  await turn();
  expect(hasStopped).toBe(false);
  begun[0]?.end();
  await stopped;
  await tick();
  worker.wake();
  expect(begun).toHaveLength(1);
});
