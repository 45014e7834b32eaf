import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEPT_CASES } from './kept-cases.ts';
import { createCases } from './run-cases.ts';

describe('compiled plans', () => {
  it('answer 2,000 random cases as the stock executor does', async () => {
    const { tally, runOperation, uncovered } = createCases();
    await fc.assert(fc.asyncProperty(fc.nat(), runOperation), { seed: 20_260_101, numRuns: 125, endOnFailure: true });
    expect(tally.cases).toBe(2_000);
    expect(tally.fetches).toBeGreaterThan(3_000);
    expect(tally.withErrors).toBeGreaterThan(250);
    expect(Object.keys(tally.bySupergraph)).toHaveLength(10);
    expect(uncovered()).toEqual([]);
  });

  const { runKept } = createCases();
  it.each(KEPT_CASES)('answer what they once answered otherwise: $what', runKept);
});
