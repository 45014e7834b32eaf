import type { Freshness } from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import { createLoaders, type Loaders } from './loaders.ts';
import type { UsersParts } from './users-parts.ts';

/** One request's view of this subgraph. */
export interface Context {
  readonly parts: UsersParts;
  readonly viewer: Viewer | null;
  /** Replaced by `wrote()`: read them through the context each time. */
  readonly loaders: Loaders;
  /** Whether the private part of this account may be shown to whoever asks. */
  isSelf(userId: string): boolean;
  /** The asker has just proved to be this person; only what the payload shows of the account depends on it. */
  provedToBe(userId: string): void;
  /** After a command: what is read from here on is at least as new as the command's commit. */
  wrote(): void;
}

export function createContext(parts: UsersParts, freshness: Freshness, { viewer }: Identity): Context {
  const selves = new Set(viewer ? [viewer.userId] : []);
  const context = {
    parts,
    viewer,
    loaders: createLoaders(parts, freshness),
    isSelf: (userId: string) => selves.has(userId),
    provedToBe: (userId: string) => void selves.add(userId),
    wrote(): void {
      freshness.expire();
      context.loaders = createLoaders(parts, freshness);
    },
  };
  return context;
}
