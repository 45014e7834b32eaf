import { expect, test } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { atPace } from '../src/at-pace.ts';

const EVERY_MS = 40;

function asked(answer: () => Promise<void> = async () => {}) {
  const begun: number[] = [];
  const paced = atPace(
    {
      caughtUp() {
        begun.push(performance.now());
        return answer();
      },
    },
    EVERY_MS,
  );
  return { begun, paced };
}

test('asks for all who come together, and for each after they came', async () => {
  const { begun, paced } = asked();
  await Promise.all([paced.caughtUp(), paced.caughtUp(), paced.caughtUp()]);
  expect(begun).toHaveLength(1);
  const came = performance.now();
  await paced.caughtUp();
  expect(begun).toHaveLength(2);
  expect(begun[1]).toBeGreaterThanOrEqual(came);
});

test('not more often than it may, also while one takes long', async () => {
  let over = () => {};
  const long = new Promise<void>((resolve) => {
    over = resolve;
  });
  const { begun, paced } = asked(() => (begun.length === 1 ? long : Promise.resolve()));
  const first = paced.caughtUp();
  await until('it is asked', async () => begun.length === 1);
  for (let turn = 0; turn < 3; turn += 1) await paced.caughtUp();
  expect(begun).toHaveLength(4);
  over();
  await first;
  const pauses = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
  // A timer may be early by less than a millisecond.
  for (const pause of pauses) expect(pause).toBeGreaterThan(EVERY_MS - 2);
});

test('tells those who wait that it failed, and asks again for the next', async () => {
  let fails = true;
  const { paced } = asked(async () => {
    if (fails) throw new Error('away');
  });
  const both = await Promise.allSettled([paced.caughtUp(), paced.caughtUp()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  await paced.caughtUp();
});
