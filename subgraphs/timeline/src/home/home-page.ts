import { after, type Freshness } from '@starling/platform/batching';
import { type ConnectionArguments, connectionOf, goingOnAt, readPage } from '@starling/platform/pagination';
import { readExactPage } from '../stretch.ts';
import { HomeEdge } from './home-edge.ts';
import type { HomeReader } from './home-reader.ts';
import type { HomeEntry } from './mix-popular.ts';

/** One page of the viewer's home, as a connection. What is fresh is asked for once the arguments are known to be good. */
export function homePage(
  home: HomeReader<HomeEntry>,
  freshness: Freshness,
  viewerId: string,
  args: ConnectionArguments,
) {
  const list = `home:${viewerId}`;
  const request = readPage(list, args);
  const read = () =>
    after(home.open(viewerId), (readHome) =>
      after(readExactPage(request, readHome), (page) => {
        const edges = page.rows.map((entry) => new HomeEdge(list, viewerId, entry));
        const end = page.end === undefined ? undefined : [page.end.toString()];
        return goingOnAt(list, end, request, connectionOf(page, edges));
      }),
    );
  return after(freshness.isReady() ? undefined : freshness.ready(), read);
}
