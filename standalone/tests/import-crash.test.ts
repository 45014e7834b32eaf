import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { checkImport } from '../src/import/check-import.ts';
import { everything, fixtureFolder, importWith, noProgress, openOn } from './support/imports.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures/import-and-die.ts');

const files = fixtureFolder();
const databases: TestDatabase[] = [];

/** 60 accounts; some 300 follows, ten of them twice; 200 posts in a conversation. */
const edges = Array.from(
  { length: 310 },
  (_, line) => `${(line * 7) % 60} ${(line * 11 + 17 * Math.floor(line / 60) + 3) % 60}`,
);
const graph = files.write('graph.edges', [...edges, ...edges.slice(100, 110)]);
const posts = files.write(
  'talk.ndjson',
  Array.from({ length: 200 }, (_, id) => ({
    id,
    author: id % 13,
    at: new Date(Date.UTC(2012, 0, 1) + id * 30_000).toISOString(),
    text: `number ${id}`,
    to: id % 3 === 0 ? null : (id * 5) % 13,
  })),
);
const args = ['--graph', graph, '--posts', posts];

beforeAll(async () => {
  for (let count = 0; count < 2; count += 1) databases.push(await createTestDatabase());
});

afterAll(async () => {
  for (const database of databases) await database.drop();
  files.remove();
});

/** Answers the signal that ended it. */
async function importAndDie(url: string, batch: number): Promise<string | null> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '-C', 'starling-source', FIXTURE, url, String(batch), ...args],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal;
}

test('killed again and again in the middle of a batch, it ends up as if nothing had happened', async () => {
  const [killed, undisturbed] = databases.map(({ url }) => url);
  // Among the accounts, among the follows, and twice among the posts: each time it goes on from where it was.
  for (const batch of [2, 9, 21, 26]) expect(await importAndDie(killed ?? '', batch)).toBe('SIGKILL');

  const first = await openOn(killed ?? '');
  const second = await openOn(undisturbed ?? '');
  try {
    const half = await everything(first.database);
    expect(half.follows?.length).toBeGreaterThan(100);
    expect(half.tweets?.length).toBeLessThan(200);
    const rest = await importWith(first, args);
    const whole = await importWith(second, args);
    expect(await everything(first.database)).toEqual(await everything(second.database));
    expect(whole.map(({ read }) => read)).toEqual(rest.map(({ read }) => read));
    expect(whole.map(({ imported }) => imported)).toEqual(
      rest.map(({ imported, alreadyThere }) => imported + alreadyThere),
    );
    expect(rest.some(({ alreadyThere }) => alreadyThere > 0)).toBe(true);
    expect(await checkImport({ ...first, progress: noProgress }, undefined)).toMatchObject({
      accounts: 60,
      differences: [],
    });
  } finally {
    await first.stop();
    await second.stop();
  }
}, 120_000);
