import { type CatchesUp, type Ending, freshFrom } from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { CommandParts } from './commands.ts';
import { createLoaders, type Loaders } from './loaders.ts';

export interface Context {
  readonly viewer: Viewer | null;
  readonly commands: CommandParts;
  readonly loaders: Loaders;
  /** After a command: what is loaded from now on includes what it wrote. */
  wrote(): void;
}

export function createContext(
  commands: CommandParts,
  counts: CatchesUp,
  { viewer, asOf }: Identity,
  signal: Ending | undefined,
): Context {
  const copiesFreshness = freshFrom([commands.accountCopies], { asOf, signal });
  // Asked for by itself, once the copies are ready: to keep them may make follows, later than the request began.
  const countsFreshness = freshFrom([counts], { signal });
  const freshLoaders = () =>
    createLoaders(commands.database, viewer?.userId ?? null, { copies: copiesFreshness, counts: countsFreshness });
  let loaders = freshLoaders();
  return {
    viewer,
    commands,
    get loaders() {
      return loaders;
    },
    wrote() {
      copiesFreshness.expire();
      countsFreshness.expire();
      loaders = freshLoaders();
    },
  };
}
