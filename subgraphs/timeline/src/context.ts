import { type CatchesUp, type Ending, type Freshness, freshFrom } from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import type { HomeFacts } from './facts/home-facts.ts';
import type { HomeReader } from './home/home-reader.ts';
import type { ListLoader } from './lists/list-page.ts';
import { listListStretches } from './lists/list-source.ts';
import type { LiveHomes } from './live/live-homes.ts';
import type { ProfileLoader } from './profile/profile-page.ts';
import { readProfiles } from './profile/read-profiles.ts';

export interface Context {
  readonly viewer: Viewer | null;
  /** Of the copies, and of what is remembered of them: awaited before the first read. */
  readonly freshness: Freshness;
  readonly home: HomeReader;
  readonly liveHomes: LiveHomes;
  readonly profileLoader: ProfileLoader;
  readonly listLoader: ListLoader;
}

export interface ContextParts {
  readonly database: Database;
  /** What keeps the copies, and what is remembered of them. */
  readonly copies: readonly CatchesUp[];
  readonly facts: HomeFacts;
  readonly home: HomeReader;
  readonly liveHomes: LiveHomes;
}

export function createContext(
  { database, copies, facts, home, liveHomes }: ContextParts,
  { viewer, asOf }: Identity,
  signal: Ending | undefined,
): Context {
  const freshness = freshFrom(copies, { asOf, signal });
  return {
    viewer,
    freshness,
    home,
    liveHomes,
    profileLoader: new DataLoader(
      async (stretches) => {
        await freshness.ready();
        return readProfiles({ database, facts }, viewer?.userId ?? null, stretches);
      },
      { cache: false },
    ),
    listLoader: new DataLoader(
      async (stretches) => {
        await freshness.ready();
        return listListStretches(database, viewer?.userId ?? null, stretches);
      },
      { cache: false },
    ),
  };
}
