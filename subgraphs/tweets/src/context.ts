import { type CatchesUp, freshFrom } from '@starling/platform/batching';
import { thisMoment } from '@starling/platform/event-log';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { CommandParts } from './commands.ts';
import type { CountReader } from './count-reader.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { TweetReader } from './tweet-reader.ts';

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
  readonly reader: TweetReader;
  readonly countReader: CountReader;
  readonly copies: readonly CatchesUp[];
  readonly counts: CatchesUp;
}

export function createContext(
  { commands, reader, countReader, ...consumers }: Shared,
  { viewer, asOf = thisMoment() }: Identity,
): Context {
  const copies = freshFrom(consumers.copies, asOf);
  const counts = freshFrom([consumers.counts], asOf);
  const freshLoaders = () =>
    createLoaders({ database: commands.database, reader, countReader, copies, counts }, viewer);
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
