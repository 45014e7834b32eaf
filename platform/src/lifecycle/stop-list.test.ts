import { expect, test } from 'vitest';
import { createStopList } from './stop-list.ts';

test('stops the last one first, one at a time, and all of them', async () => {
  const steps: string[] = [];
  const list = createStopList((name) => steps.push(`${name} failed`));
  for (const name of ['database', 'log', 'door']) {
    list.add(name, async () => {
      steps.push(`${name} stopping`);
      await Promise.resolve();
      if (name === 'log') throw new Error('stuck');
      steps.push(`${name} stopped`);
    });
  }
  await Promise.all([list.stop(), list.stop()]);
  expect(steps).toEqual([
    'door stopping',
    'door stopped',
    'log stopping',
    'log failed',
    'database stopping',
    'database stopped',
  ]);
});
