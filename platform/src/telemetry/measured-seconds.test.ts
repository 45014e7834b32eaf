import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { measureSeconds } from './measured-seconds.ts';

const BUCKETS = [0.002, 0.01, 0.5, 10];
const LABELS = ['subgraph', 'outcome'] as const;
const OBSERVED = [
  ['tweets', 'ok', 0.002],
  ['users', 'ok', 0.0021],
  ['tweets', 'ok', 0],
  ['tweets', 'error', 11],
  ['a "name"', 'ok', 0.25],
  ['users', 'ok', 10],
  ['tweets', 'ok', 0.01],
] as const;

test('durations are told as by a histogram of prom-client', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const measured = { name: 'seconds', help: 'Of something.', buckets: BUCKETS };
  const note = measureSeconds(ours, { ...measured, labels: LABELS });
  const histogram = new Histogram({ ...measured, labelNames: [...LABELS], registers: [theirs] });
  expect(await ours.metrics()).toBe(await theirs.metrics());
  for (const [subgraph, outcome, seconds] of OBSERVED) {
    note(subgraph, outcome, seconds);
    histogram.observe({ subgraph, outcome }, seconds);
  }
  expect((await ours.metrics()).split('\n').sort()).toEqual((await theirs.metrics()).split('\n').sort());
});
