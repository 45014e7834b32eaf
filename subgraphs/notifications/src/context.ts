import { type CatchesUp, freshFrom } from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import type { LiveNotifications } from './live/live-notifications.ts';
import { createLoaders, type Loaders } from './loaders.ts';

export interface ContextParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly live: LiveNotifications;
}

export interface Context extends Pick<ContextParts, 'database' | 'live'> {
  readonly viewer: Viewer | null;
  readonly loaders: Loaders;
  /** Awaited before the first read: the copies then hold all that was committed before the request. */
  ready(): Promise<void>;
}

export function createContext({ database, copies, live }: ContextParts, { viewer, asOf }: Identity): Context {
  const freshness = freshFrom([copies], { asOf });
  return {
    viewer,
    database,
    live,
    loaders: createLoaders(database, viewer?.userId ?? null, freshness),
    ready: () => freshness.ready(),
  };
}
