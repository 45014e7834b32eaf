import { findEmbeddedPostgres, startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import type { StandaloneEnvironment } from './environment.ts';

export interface ObtainedPostgres {
  readonly url: string;
  /** Resolves when a database that was started here is gone, with the reason, which before `stop` is a fault. */
  readonly gone?: Promise<Error>;
  /** Stops what was started here, and nothing else. */
  stop(): Promise<void>;
}

type Where = Pick<StandaloneEnvironment, 'DATABASE_URL' | 'DATA_DIR'>;

/** The database that `DATABASE_URL` names, or else the embedded one of `DATA_DIR`, started for this process alone. */
export async function obtainPostgres(
  { DATABASE_URL, DATA_DIR }: Where,
  onProgress: (step: string) => void,
): Promise<ObtainedPostgres> {
  if (DATABASE_URL !== undefined) return { url: DATABASE_URL, stop: async () => {} };
  return startEmbeddedPostgres({ dataDirectory: DATA_DIR, onProgress });
}

/** The same; but when the product runs on the embedded one at the moment, then that one, together with it. */
export async function sharePostgres(where: Where, onProgress: (step: string) => void): Promise<ObtainedPostgres> {
  const running = where.DATABASE_URL === undefined ? findEmbeddedPostgres(where.DATA_DIR) : undefined;
  return running === undefined ? obtainPostgres(where, onProgress) : { url: running, stop: async () => {} };
}
