import type { Freshness } from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import { Loaders } from './loaders.ts';
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

class RequestContext implements Context {
  readonly parts: UsersParts;
  readonly viewer: Viewer | null;
  loaders: Loaders;
  readonly #freshness: Freshness;
  #proved: Set<string> | undefined;

  constructor(parts: UsersParts, freshness: Freshness, viewer: Viewer | null) {
    this.parts = parts;
    this.viewer = viewer;
    this.#freshness = freshness;
    this.loaders = new Loaders(parts, freshness);
  }
  isSelf(userId: string): boolean {
    return this.viewer?.userId === userId || this.#proved?.has(userId) === true;
  }
  provedToBe(userId: string): void {
    this.#proved ??= new Set();
    this.#proved.add(userId);
  }
  wrote(): void {
    this.#freshness.expire();
    this.loaders = new Loaders(this.parts, this.#freshness);
  }
}

export function createContext(parts: UsersParts, freshness: Freshness, { viewer }: Identity): Context {
  return new RequestContext(parts, freshness, viewer);
}
