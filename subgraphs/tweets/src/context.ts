import { type CatchesUp, type Ending, freshFrom } from '@starling/platform/batching';
import { thisMoment } from '@starling/platform/event-log';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { CommandParts } from './commands.ts';
import type { LiveStreamsOfTweets } from './live/streams-of-tweets.ts';
import { type LoaderFreshness, Loaders, type Readers } from './loaders.ts';

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
  readonly readers: Readers;
  /** What keeps the copies, and what is remembered of them and of tweets. */
  readonly copies: readonly CatchesUp[];
  /** What is remembered of counts, of the places of answers, of pins, and of what viewers did. */
  readonly counts: readonly CatchesUp[];
}

class RequestContext implements Context {
  readonly viewer: Viewer | null;
  readonly commands: CommandParts;
  readonly live: LiveStreamsOfTweets;
  loaders: Loaders;
  readonly #readers: Readers;
  readonly #freshness: LoaderFreshness;

  constructor({ commands, live, readers }: Shared, viewer: Viewer | null, freshness: LoaderFreshness) {
    this.viewer = viewer;
    this.commands = commands;
    this.live = live;
    this.#readers = readers;
    this.#freshness = freshness;
    this.loaders = new Loaders(readers, freshness, viewer);
  }
  wrote(): void {
    this.#freshness.copies.expire();
    this.loaders = new Loaders(this.#readers, this.#freshness, this.viewer);
  }
}

export function createContext(
  shared: Shared,
  { viewer, asOf = thisMoment() }: Identity,
  signal: Ending | undefined,
): Context {
  const options = { asOf, signal };
  const freshness = { copies: freshFrom(shared.copies, options), counts: freshFrom(shared.counts, options) };
  return new RequestContext(shared, viewer, freshness);
}
