import { setTimeout as pause } from 'node:timers/promises';
import { type Queryable, statement } from '../../../postgres/database.ts';

const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;

const areVisibleStatement = statement(
  'platform.areTransactionsVisible',
  `select bool_and(pg_visible_in_snapshot(id::xid8, pg_current_snapshot())) as visible from unnest($1::text[]) as id`,
);

/**
 * Resolves once everybody who looks sees what these transactions did. PostgreSQL decodes a transaction as soon as its commit
 * is on disk, and shows it to others a moment later: when the process that commits is next given the processor, or when a
 * standby that it has to wait for has answered. Who heard of an event before that would look for what it tells of and not
 * find it.
 */
export async function untilVisible(
  database: Queryable,
  transactionIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    const [row] = await database.query<{ visible: boolean }>(areVisibleStatement, [transactionIds]);
    if (row?.visible) return;
    await pause(wait, undefined, { signal });
  }
}
