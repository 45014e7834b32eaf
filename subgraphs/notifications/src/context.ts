import { type CatchesUp, freshFrom } from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import type { LiveNotifications } from './live/live-notifications.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { PushAddresses } from './push/push-addresses.ts';

export interface PushSettings {
  readonly addresses: PushAddresses;
  /** What browsers have to be given to subscribe. */
  publicKey(): string;
}

export interface ContextParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly live: LiveNotifications;
  readonly push: PushSettings;
  /** When somebody who asks for digests now gets the first. */
  nextDigest(): Date;
}

export interface Context extends Pick<ContextParts, 'database' | 'live' | 'push' | 'nextDigest'> {
  readonly viewer: Viewer | null;
  readonly loaders: Loaders;
  /** Awaited before the first read: the copies then hold all that was committed before the request. */
  ready(): Promise<void>;
}

export function createContext(
  { database, copies, live, push, nextDigest }: ContextParts,
  { viewer, asOf }: Identity,
  signal: AbortSignal | undefined,
): Context {
  const freshness = freshFrom([copies], { asOf, signal });
  return {
    viewer,
    database,
    live,
    push,
    nextDigest,
    loaders: createLoaders(database, viewer?.userId ?? null, freshness),
    ready: () => freshness.ready(),
  };
}
