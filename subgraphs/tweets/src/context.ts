import { type CatchesUp, type Ending, freshFrom } from '@starling/platform/batching';
import { thisMoment } from '@starling/platform/event-log';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { CommandParts } from './commands.ts';
import type { LiveStreamsOfTweets } from './live/streams-of-tweets.ts';
import { createLoaders, type LoaderParts, type Loaders } from './loaders.ts';

export interface Context {
  readonly viewer: Viewer | null;
  readonly commands: CommandParts;
  readonly loaders: Loaders;
  readonly live: LiveStreamsOfTweets;
  /** After a command: what is loaded from now on includes what it wrote. */
  wrote(): void;
}

/** What every request of a subgraph shares. */
export interface Shared {
  readonly commands: CommandParts;
  readonly live: LiveStreamsOfTweets;
  readonly readers: Omit<LoaderParts, 'database' | 'copies' | 'counts'>;
  /** What keeps the copies, and what is remembered of them and of tweets. */
  readonly copies: readonly CatchesUp[];
  /** What is remembered of counts, of the places of answers, of pins, and of what viewers did. */
  readonly counts: readonly CatchesUp[];
}

export function createContext(
  { commands, live, readers, ...consumers }: Shared,
  { viewer, asOf = thisMoment() }: Identity,
  signal: Ending | undefined,
): Context {
  const copies = freshFrom(consumers.copies, { asOf, signal });
  const counts = freshFrom(consumers.counts, { asOf, signal });
  const freshLoaders = () => createLoaders({ database: commands.database, ...readers, copies, counts }, viewer);
  const context = {
    viewer,
    commands,
    live,
    loaders: freshLoaders(),
    wrote(): void {
      asOf.renew();
      context.loaders = freshLoaders();
    },
  };
  return context;
}
