import { after, type Freshness } from '@starling/platform/batching';
import { type ConnectionArguments, goingOnAt, readPage, toConnection } from '@starling/platform/pagination';
import { retweeterOf, tweetOf } from '../entry.ts';
import type { TimelineReason } from '../generated/types.ts';
import { readExactPage, type StretchPage } from '../stretch.ts';
import type { HomeReader } from './home-reader.ts';
import type { HomeEntry } from './mix-popular.ts';

/** Why an entry of the viewer's home is there. */
function reasonFor(viewerId: string, { kind, actorId, isPopular }: HomeEntry): TimelineReason {
  if (isPopular) return 'POPULAR';
  if (actorId === viewerId) return 'OWN';
  return kind === 'retweet' ? 'RETWEETED_BY_FOLLOWED' : 'FOLLOWED';
}

/** One page of the viewer's home, as a connection. What is fresh is asked for once the arguments are known to be good. */
export function homePage(
  home: HomeReader<HomeEntry>,
  freshness: Freshness,
  viewerId: string,
  args: ConnectionArguments,
) {
  const list = `home:${viewerId}`;
  const request = readPage(list, args);
  const toEdges = (page: StretchPage<HomeEntry>) =>
    toConnection(
      list,
      page,
      ({ id }) => [id],
      (entry) => ({ node: tweetOf(entry), retweetedBy: retweeterOf(entry), reason: reasonFor(viewerId, entry) }),
    );
  const read = () =>
    after(home.open(viewerId), (readHome) =>
      after(readExactPage(request, readHome), (page) =>
        goingOnAt(list, page.end === undefined ? undefined : [page.end.toString()], request, toEdges(page)),
      ),
    );
  return after(freshness.isReady() ? undefined : freshness.ready(), read);
}
