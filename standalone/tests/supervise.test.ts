import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@starling/platform/telemetry';
import { expect, onTestFinished, test } from 'vitest';
import { type ProgramEnd, supervise } from '../src/supervise.ts';

const SHORT_LIVED = join(import.meta.dirname, 'fixtures/short-lived.mjs');

test('what has served once is started again for as long as it takes, and each of its ends is told', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'starling-supervise-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const ends: ProgramEnd[] = [];
  let servedAgain = () => {};
  const secondEnd = new Promise<void>((resolve) => {
    servedAgain = resolve;
  });

  const supervised = await supervise(
    {
      name: 'short-lived',
      path: SHORT_LIVED,
      environment: { PORT: '0', STARTS: join(directory, 'starts') },
      nodeOptions: [],
    },
    {
      logger: createLogger('test', 'silent'),
      firstPauseMs: 0,
      onEnded(end) {
        ends.push(end);
        if (end.served && ends.length > 1) servedAgain();
      },
    },
  );
  const firstPid = supervised.pid;
  await secondEnd;

  const served = { name: 'short-lived', served: true, exitCode: 3, signal: null };
  const failed = { name: 'short-lived', served: false, exitCode: 4, signal: null };
  expect(ends.slice(0, 13)).toEqual([served, ...Array.from({ length: 11 }, () => failed), served]);
  expect(supervised.pid).not.toBe(firstPid);
  await supervised.stop();
});
