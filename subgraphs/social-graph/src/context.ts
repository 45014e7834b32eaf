import { type CatchesUp, type Ending, freshFrom, oneAfterTheOther } from '@starling/platform/batching';
import { thisMoment } from '@starling/platform/event-log';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { CommandParts } from './commands.ts';
import { createLoaders, type Loaders, type Readers } from './loaders.ts';

export interface Context {
  readonly viewer: Viewer | null;
  readonly commands: CommandParts;
  readonly loaders: Loaders;
  /** After a command: what is loaded from now on includes what it wrote. */
  wrote(): void;
}

/** What every request of a subgraph shares. */
export interface Shared {
  readonly commands: CommandParts;
  readonly readers: Readers;
  /** What keeps the counts, and what is remembered of them and of relations. */
  readonly follows: readonly CatchesUp[];
}

export function createContext(
  { commands, readers, ...shared }: Shared,
  { viewer, asOf = thisMoment() }: Identity,
  signal: Ending | undefined,
): Context {
  const copies = freshFrom([commands.accountCopies], { asOf, signal });
  // Asked once the copies are ready: to keep them may make follows, later than the request began.
  const follows = oneAfterTheOther(copies, freshFrom(shared.follows, { asOf, signal }));
  const freshLoaders = () => createLoaders(commands.database, readers, viewer?.userId ?? null, { copies, follows });
  const context = {
    viewer,
    commands,
    loaders: freshLoaders(),
    wrote(): void {
      asOf.renew();
      context.loaders = freshLoaders();
    },
  };
  return context;
}
