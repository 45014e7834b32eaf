import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { runningEngines } from '../../engines/running.ts';

/** A folder of each test's own, in which it may start this engine: stopped and removed after it. Answers where it is. */
export function ownFolder(engine: Parameters<ReturnType<typeof runningEngines>['down']>[0]): () => string {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'starling-engines-'));
  });
  afterEach(async () => {
    await runningEngines(root).down(engine);
    await rm(root, { recursive: true, force: true });
  });
  return () => root;
}
