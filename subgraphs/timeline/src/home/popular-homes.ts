import { after, all } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import type { HomeFacts } from '../facts/home-facts.ts';
import type { HomeReader } from './home-reader.ts';
import { type HomeEntry, mixPopular, type PopularEntry } from './mix-popular.ts';
import { getRetweetedInCircle, getShownPopularByIds } from './popular-source.ts';

export interface PopularHomesOptions {
  readonly database: Database;
  readonly facts: HomeFacts;
  readonly home: HomeReader;
}

/** Homes with what is popular mixed in. */
export function popularHomes({ database, facts, home }: PopularHomesOptions): HomeReader<HomeEntry> {
  /** What of it may be mixed into the viewer's home, newest first. */
  async function popularFor(viewerId: string): Promise<PopularEntry[]> {
    const { ids, ranks } = await facts.popular();
    if (ids.length === 0) return [];
    const known = await facts.ofViewer(viewerId);
    const entries =
      known && !known.mutesWords ? await known.popular(ids) : await getShownPopularByIds(database, viewerId, ids);
    return entries.map((entry) => ({ entry, id: BigInt(entry.id), rank: ranks.get(entry.id) as number }));
  }

  return {
    open: (viewerId) =>
      after(all([home.open(viewerId), popularFor(viewerId)]), ([readHome, popular]) =>
        popular.length === 0
          ? readHome
          : mixPopular(readHome, popular, (tweetIds) => getRetweetedInCircle(database, viewerId, tweetIds)),
      ),
  };
}
