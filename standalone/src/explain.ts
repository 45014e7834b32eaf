import { explainStart as explainAnyStart, type WhereItRuns } from '@starling/platform/lifecycle';
import { EmbeddedPostgresError } from '@starling/platform/postgres/embedded';
import { ProgramError } from './supervise.ts';

/** What the person who started the product can mend, in a sentence; undefined for everything else. */
export function explainStart(error: unknown, environment: WhereItRuns): string | undefined {
  if (error instanceof EmbeddedPostgresError || error instanceof ProgramError) return error.message;
  return explainAnyStart(error, environment);
}
