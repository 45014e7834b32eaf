import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStopList } from '@starling/platform/lifecycle';
import type { Database } from '@starling/platform/postgres';
import { createLogger } from '@starling/platform/telemetry';
import { readAuthoritativeHome } from '../../src/import/authoritative-home.ts';
import { readGraphqlHome } from '../../src/import/graphql-home.ts';
import { type ImportOptions, readImportOptions } from '../../src/import/import-options.ts';
import { type OpenProduct, openProduct } from '../../src/import/open-product.ts';
import type { Progress } from '../../src/import/progress.ts';
import { type RunImportParts, runImport } from '../../src/import/run-import.ts';
import type { PartReport } from '../../src/import/tally.ts';

/** A fixed day after every time in the fixtures. */
export const NOW_MS = Date.UTC(2025, 0, 1);

export const noProgress: Progress = { phase: () => ({ set: () => {}, add: () => {}, end: () => {} }) };

export interface OpenImport extends OpenProduct {
  stop(): Promise<void>;
}

export async function openOn(url: string): Promise<OpenImport> {
  const logger = createLogger('test', 'error');
  const stops = createStopList((name, error) => logger.error({ err: error, name }, 'did not stop'));
  return { ...(await openProduct(url, logger, stops)), stop: () => stops.stop() };
}

/** Imports with the arguments of the command line. */
export function importWith(
  { database, eventLog }: OpenProduct,
  args: readonly string[],
  over: Partial<RunImportParts> = {},
): Promise<PartReport[]> {
  const options: ImportOptions = readImportOptions(args, NOW_MS);
  return runImport({ database, eventLog, progress: noProgress, nowMs: NOW_MS, ...over }, options);
}

/** A folder of files that goes with the test. */
export function fixtureFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'starling-import-'));
  return {
    folder,
    /** Lines as text, objects as JSON; answers the path. */
    write(name: string, lines: readonly (string | object)[]): string {
      const path = join(folder, name);
      writeFileSync(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Everything that an import may write, and what consumers make of it; rows in an order that does not depend on chance. */
export async function everything(database: Database): Promise<Record<string, unknown[]>> {
  const tables = {
    accounts: 'SELECT * FROM users.accounts ORDER BY id',
    // Their order in lists counts, not the numbers that give it.
    follows: `SELECT follower_id, followee_id, rank() OVER (PARTITION BY follower_id ORDER BY position) AS place
      FROM social_graph.follows ORDER BY follower_id, followee_id`,
    followCounts: 'SELECT * FROM social_graph.counts ORDER BY user_id',
    tweets: 'SELECT * FROM tweets.tweets ORDER BY id',
    tweetCounts: 'SELECT * FROM tweets.tweet_counts ORDER BY tweet_id',
    authorCounts: 'SELECT * FROM tweets.author_counts ORDER BY user_id',
    entries: 'SELECT id, actor_id, reply_to_tweet_id, deleted FROM timeline.entries ORDER BY id',
    copiedFollows: 'SELECT * FROM timeline.follows ORDER BY follower_id, followee_id',
    posts: 'SELECT * FROM import.posts ORDER BY tweet_id',
    // One event for each thing, however often the import ran.
    events: 'SELECT topic, name, key, payload FROM platform.outbox ORDER BY topic, key, payload::text',
  };
  const found: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(tables)) found[name] = (await database.pool.query(sql)).rows;
  return found;
}

/** A home as GraphQL pages it, and as the authoritative tables have it. */
export async function authoritativeHome({ database, timeline }: OpenProduct, viewerId: string) {
  return {
    found: await readGraphqlHome(timeline, viewerId),
    expected: await readAuthoritativeHome(database, viewerId),
  };
}
