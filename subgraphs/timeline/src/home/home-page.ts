import { type ConnectionArguments, readPage, toConnection } from '@starling/platform/pagination';
import { type Entry, retweeterOf, tweetOf } from '../entry.ts';
import type { TimelineReason } from '../generated/types.ts';
import { readExactPage } from '../stretch.ts';
import type { HomeReader } from './home-reader.ts';

/** Why an entry of the viewer's home is there. */
export function reasonFor(viewerId: string, { kind, actorId }: Entry): TimelineReason {
  if (actorId === viewerId) return 'OWN';
  return kind === 'retweet' ? 'RETWEETED_BY_FOLLOWED' : 'FOLLOWED';
}

/** One page of the viewer's home, as a connection. `ready` is awaited once the arguments are known to be good. */
export async function homePage(
  home: HomeReader,
  ready: () => Promise<void>,
  viewerId: string,
  args: ConnectionArguments,
) {
  const list = `home:${viewerId}`;
  const request = readPage(list, args);
  await ready();
  const page = await readExactPage(request, await home.open(viewerId));
  return toConnection(
    list,
    page,
    ({ id }) => [id],
    (entry) => ({ node: tweetOf(entry), retweetedBy: retweeterOf(entry), reason: reasonFor(viewerId, entry) }),
  );
}
