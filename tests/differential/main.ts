import { parseArgs } from 'node:util';
import { createCases } from './run-cases.ts';

/** `npm run differential -- --cases 100000 [--from 7]`: cases, sixteen to an operation, and how it goes meanwhile. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' } },
  });
  const { tally, runOperation, uncovered } = createCases();
  let next = 0;
  for (let operation = Number(values.from); tally.cases < Number(values.cases); operation++) {
    await runOperation(operation);
    if (tally.cases < next) continue;
    next = tally.cases + 2_000;
    process.stdout.write(`${tally.cases} cases, ${tally.fetches} fetches, next operation ${operation + 1}\n`);
  }
  process.stdout.write(`${JSON.stringify(tally, null, 2)}\n`);
  if (uncovered().length > 0) throw new Error(`plans that are not compiled: ${uncovered().join()}`);
}

await main();
