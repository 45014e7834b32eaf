import { writeFile } from 'node:fs/promises';
import type { EventLog } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { hashPassword } from '@starling/users';
import { catchUp } from './catch-up.ts';
import { importGraph } from './import-graph.ts';
import type { ImportOptions } from './import-options.ts';
import { importPosts } from './import-posts.ts';
import type { Progress } from './progress.ts';
import { checkReadable } from './read-lines.ts';
import { openStaging } from './staging.ts';
import type { PartReport } from './tally.ts';

export interface RunImportParts {
  readonly database: Database;
  readonly eventLog: Pick<EventLog, 'append' | 'processAll'>;
  readonly progress: Progress;
  readonly nowMs: number;
  readonly batchSize?: number;
  /** How long another import is waited for. */
  readonly lockWaitMs?: number;
}

const BATCH_SIZE = 10_000;

/** @throws ImportError that names a file that cannot be read. */
export async function checkFiles({ graph, posts }: Pick<ImportOptions, 'graph' | 'posts'>): Promise<void> {
  for (const path of [...(graph === undefined ? [] : [graph]), ...posts]) await checkReadable(path);
}

/**
 * Imports the graph, then the posts, then waits until everything that follows from them is there. The database is migrated
 * and the subgraphs' consumers run in this process. Answers what became of what was read.
 *
 * @throws ImportError when a file cannot be read or another import is running; batches that are done stay.
 */
export async function runImport(parts: RunImportParts, options: ImportOptions): Promise<PartReport[]> {
  const { database, eventLog, progress, nowMs, batchSize = BATCH_SIZE, lockWaitMs } = parts;
  const { graph, posts, password, month } = options;
  await checkFiles(options);
  const staging = await openStaging(database.url, lockWaitMs);
  const reports: PartReport[] = [];
  try {
    const importParts = { database, eventLog, staging, progress, batchSize };
    if (graph !== undefined) {
      const passwordHash = password === undefined ? null : await hashPassword(password);
      reports.push(...(await importGraph(importParts, graph, passwordHash)));
    }
    for (const path of posts) reports.push(await importPosts(importParts, path, month, nowMs));
  } finally {
    await staging.close();
  }
  await catchUp(database, eventLog, progress);
  if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(reports, null, 2)}\n`);
  return reports;
}
