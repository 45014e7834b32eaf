import { type CatchesUp, freshFrom } from '@starling/platform/batching';
import { thisMoment } from '@starling/platform/event-log';
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
  { viewer, asOf = thisMoment() }: Identity,
  signal: AbortSignal | undefined,
): Context {
  const countsFreshness = freshFrom([counts], { asOf, signal });
  const copiesFreshness = freshFrom([commands.accountCopies], { asOf, signal });
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
      asOf.renew();
      loaders = freshLoaders();
    },
  };
}
