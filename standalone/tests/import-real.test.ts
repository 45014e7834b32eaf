import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { checkImport } from '../src/import/check-import.ts';
import { readGraphqlHome } from '../src/import/graphql-home.ts';
import { accountId } from '../src/import/mapping.ts';
import { listNodesByFollowers } from '../src/import/posts-store.ts';
import { readLines } from '../src/import/read-lines.ts';
import { fixtureFolder, importWith, noProgress, type OpenImport, openOn } from './support/imports.ts';

/** Real follows and real posts: they are kept beside the project, not in it. */
const folder = join(import.meta.dirname, '../../../shared/data');
const GRAPH = join(folder, 'graph/ego-twitter.edges.gz');
const POSTS = ['btc-tweets', 'afrisenti', 'wisesight-th', 'ubuntu-irc'].map((name) => ({
  name,
  path: join(folder, `posts/${name}.ndjson.gz`),
}));
const isHere = existsSync(GRAPH);
const EDGES = 40_000;
const POSTS_OF_EACH = 2_000;

async function firstLines(path: string, wanted: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const lines of readLines(path, () => {})) {
    texts.push(...lines.flatMap(({ text }) => text ?? []));
    if (texts.length >= wanted) break;
  }
  return texts.slice(0, wanted);
}

if (isHere) {
  describe('real data, imported while the product runs', () => {
    const files = fixtureFolder();
    let testDatabase: TestDatabase;
    /** Runs on the same database, with caches of its own. */
    let running: OpenImport;
    let importing: OpenImport;

    beforeAll(async () => {
      testDatabase = await createTestDatabase();
      running = await openOn(testDatabase.url);
      importing = await openOn(testDatabase.url);
    });

    afterAll(async () => {
      await importing.stop();
      await running.stop();
      await testDatabase.drop();
      files.remove();
    });

    test('every home is what the follows and the tweets say, page after page to the true end', async () => {
      const graph = files.write('graph.edges', await firstLines(GRAPH, EDGES));
      const [accounts, follows] = await importWith(importing, ['--graph', graph]);
      expect(accounts?.imported).toBeGreaterThan(5_000);
      expect(follows).toMatchObject({ read: EDGES - 1, imported: EDGES - 1, refused: [] });

      // Some homes are in the running product's cache before there is anything in them.
      const nodes = await listNodesByFollowers(running.database);
      for (const node of nodes.slice(0, 20))
        expect(await readGraphqlHome(running.timeline, accountId(node))).toEqual([]);

      const posts: string[] = [];
      for (const { name, path } of POSTS) {
        posts.push(files.write(`${name}.ndjson`, await firstLines(path, POSTS_OF_EACH)));
      }
      const reports = await importWith(importing, ['--posts', ...posts]);
      expect(reports.map(({ read }) => read)).toEqual(POSTS.map(() => POSTS_OF_EACH));
      expect(reports.every(({ imported }) => imported > 0.95 * POSTS_OF_EACH)).toBe(true);

      await running.eventLog.processAll();
      for (const { timeline, database } of [importing, running]) {
        const checked = await checkImport({ timeline, database, progress: noProgress }, 200);
        expect(checked).toMatchObject({ accounts: 200, differences: [] });
        expect(checked.entries).toBeGreaterThan(3_000);
      }
    }, 240_000);
  });
} else {
  process.stdout.write(`Imports of real data are left out: there is no ${folder}.\n`);
}

test('real data is here wherever the whole suite has to run', () => {
  expect(isHere || process.env.CI !== 'true').toBe(true);
});
