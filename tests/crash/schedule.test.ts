import { expect, test } from 'vitest';
import { schedule } from './schedule.ts';
import { KINDS, type Victim } from './victim.ts';

const victims = KINDS.flatMap((kind) =>
  [1, 2].map(
    (place): Victim => ({ kind, name: `${kind} ${place}`, strike: async () => undefined, back: async () => {} }),
  ),
);

const take = (seed: number, count: number, among: readonly Victim[] = victims) => {
  const plan = schedule(seed, among);
  return Array.from({ length: count }, () => plan.next(true).value);
};
const told = (strikes: ReturnType<typeof take>) =>
  strikes.map(({ victim, waits, pauseMs, downMs }) => `${victim.name} ${waits} ${pauseMs} ${downMs}`);

test('the same seed strikes the same processes at the same distances, another seed others', () => {
  expect(told(take(7, 200))).toEqual(told(take(7, 200)));
  expect(told(take(7, 200))).not.toEqual(told(take(8, 200)));
});

test('in whichever order they came up', () => {
  expect(told(take(7, 200, victims.toReversed()))).toEqual(told(take(7, 200)));
});

test('every kind has its first turn before any has its second', () => {
  expect(new Set(take(7, KINDS.length).map(({ victim }) => victim.kind)).size).toBe(KINDS.length);
});

test('a kind of which nobody could be struck keeps its turn', () => {
  const plan = schedule(7, victims);
  let wasStruck = false;
  const kinds = Array.from({ length: 300 }, () => {
    const { kind } = plan.next(wasStruck).value.victim;
    wasStruck = kind !== 'relay';
    return kind;
  });
  expect(new Set(kinds.slice(0, 200)).size).toBe(KINDS.length);
  expect(new Set(kinds.slice(200))).toEqual(new Set(['relay']));
});

test('nobody is spared', () => {
  expect(new Set(take(7, 1_000).map(({ victim }) => victim.name)).size).toBe(victims.length);
});
