import { expect, test } from 'vitest';
import { schedule } from './schedule.ts';
import { KINDS, type Victim } from './victim.ts';

const victims = KINDS.flatMap((kind) =>
  [1, 2].map(
    (place): Victim => ({ kind, name: `${kind} ${place}`, strike: async () => undefined, back: async () => {} }),
  ),
);

const take = (seed: number, count: number) => {
  const plan = schedule(seed, victims);
  return Array.from({ length: count }, () => plan.next().value);
};
const told = (strikes: ReturnType<typeof take>) =>
  strikes.map(({ victim, waits, pauseMs, downMs }) => `${victim.name} ${waits} ${pauseMs} ${downMs}`);

test('the same seed strikes the same processes at the same distances, another seed others', () => {
  expect(told(take(7, 200))).toEqual(told(take(7, 200)));
  expect(told(take(7, 200))).not.toEqual(told(take(8, 200)));
});

test('nobody is spared', () => {
  expect(new Set(take(7, 1_000).map(({ victim }) => victim.name)).size).toBe(victims.length);
});
