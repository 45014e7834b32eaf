import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCases } from './run-cases.ts';

describe('compiled plans', () => {
  it('answer 2,000 random cases as the stock executor does', async () => {
    const { tally, runOperation, uncovered } = createCases();
    await fc.assert(fc.asyncProperty(fc.nat(), runOperation), { seed: 20_260_101, numRuns: 125, endOnFailure: true });
    expect(tally.cases).toBe(2_000);
    expect(tally.fetches).toBeGreaterThan(3_000);
    expect(tally.withErrors).toBeGreaterThan(250);
    expect(Object.keys(tally.bySupergraph)).toHaveLength(9);
    expect(uncovered()).toEqual([]);
  });

  it.each([['what is asked for only where nothing of it is', 500_010]])(
    'answer what they once answered otherwise: %s',
    async (_what, operation) => {
      await createCases().runOperation(operation);
    },
  );
});
