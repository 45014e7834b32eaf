import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

const GOODBYE_MS = 1_000;

/** Ends a connection. A server that is away answers no goodbye: after a second it is not waited for. */
export async function sayGoodbye(client: pg.Client): Promise<void> {
  // A connection that is broken already has nothing to end.
  const ended = client.end().catch(() => {});
  await Promise.race([ended, pause(GOODBYE_MS, undefined, { ref: false })]);
}
