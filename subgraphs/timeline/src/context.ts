import {
  type CatchesUp,
  type Ending,
  type Freshness,
  freshFrom,
  type Loader,
  lazily,
} from '@starling/platform/batching';
import type { Identity, Viewer } from '@starling/platform/identity';
import type { Database } from '@starling/platform/postgres';
import DataLoader from 'dataloader';
import type { HomeFacts } from './facts/home-facts.ts';
import type { HomeReader } from './home/home-reader.ts';
import type { HomeEntry } from './home/mix-popular.ts';
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
  readonly homeWithPopular: HomeReader<HomeEntry>;
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
  readonly homeWithPopular: HomeReader<HomeEntry>;
  readonly liveHomes: LiveHomes;
}

export function createContext(
  { database, copies, facts, home, homeWithPopular, liveHomes }: ContextParts,
  { viewer, asOf }: Identity,
  signal: Ending | undefined,
): Context {
  const freshness = freshFrom(copies, { asOf, signal });
  const viewerId = viewer?.userId ?? null;
  const stretches = <Stretch, Found>(read: (wanted: readonly Stretch[]) => Promise<Found[]>): Loader<Found, Stretch> =>
    lazily(
      () =>
        new DataLoader(
          async (wanted) => {
            await freshness.ready();
            return read(wanted);
          },
          { cache: false },
        ),
    );
  return {
    viewer,
    freshness,
    home,
    homeWithPopular,
    liveHomes,
    profileLoader: stretches((wanted) => readProfiles({ database, facts }, viewerId, wanted)),
    listLoader: stretches((wanted) => listListStretches(database, viewerId, wanted)),
  };
}
