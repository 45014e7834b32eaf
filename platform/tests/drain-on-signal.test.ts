import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FIXTURE = join(import.meta.dirname, 'fixtures/draining-process.ts');

async function run(behaviour: string, whenRunning: (child: ChildProcess) => void) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions', 'starling-source', FIXTURE, behaviour], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const before = output;
    output += chunk;
    if (!before.includes('running') && output.includes('running')) whenRunning(child);
  });
  const [code] = await once(child, 'close');
  return { code, steps: output.trim().split('\n') };
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s drains and exits 0', async (signal) => {
  const { code, steps } = await run('graceful', (child) => child.kill(signal));
  expect({ code, steps }).toEqual({ code: 0, steps: ['running', 'stopping', 'stopped'] });
});

test('the echo of a signal does not cut the draining short', async () => {
  const { code, steps } = await run('graceful', (child) => {
    child.kill('SIGINT');
    child.stdout?.once('data', () => child.kill('SIGINT'));
  });
  expect({ code, steps }).toEqual({ code: 0, steps: ['running', 'stopping', 'stopped'] });
});

test('a fault that nothing caught drains and exits 1', async () => {
  const { code, steps } = await run('fault', () => {});
  expect({ code, steps }).toEqual({ code: 1, steps: ['running', 'stopping', 'stopped'] });
});

test('draining has a limit', async () => {
  const { code, steps } = await run('stuck', (child) => child.kill('SIGTERM'));
  expect({ code, steps }).toEqual({ code: 1, steps: ['running', 'stopping'] });
});
