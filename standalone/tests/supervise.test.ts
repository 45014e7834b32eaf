import { join } from 'node:path';
import { createLogger } from '@starling/platform/telemetry';
import { expect, test } from 'vitest';
import { type ProgramEnd, supervise } from '../src/supervise.ts';

const SHORT_LIVED = join(import.meta.dirname, 'fixtures/short-lived.mjs');

test('every end is told, and whether it had been serving, until there is no use in another start', async () => {
  const ends: ProgramEnd[] = [];
  let hopeless: (name: string) => void = () => {};
  const givenUp = new Promise<string>((resolve) => {
    hopeless = resolve;
  });
  const supervised = await supervise(
    { name: 'short-lived', path: SHORT_LIVED, environment: { PORT: '0' }, nodeOptions: [] },
    {
      logger: createLogger('test', 'silent'),
      firstPauseMs: 0,
      onHopeless: hopeless,
      onEnded: (end) => ends.push(end),
    },
  );
  const firstPid = supervised.pid;

  expect(await givenUp).toBe('short-lived');
  expect(ends[0]).toEqual({ name: 'short-lived', served: true, exitCode: 3, signal: null });
  expect(ends.slice(1)).toEqual(
    Array.from({ length: 10 }, () => ({ name: 'short-lived', served: false, exitCode: 4, signal: null })),
  );
  expect(supervised.pid).not.toBe(firstPid);
  await supervised.stop();
});
