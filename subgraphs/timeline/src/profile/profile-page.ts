import type { Loader } from '@starling/platform/batching';
import { type ConnectionArguments, readPage, toConnection } from '@starling/platform/pagination';
import { tweetOf } from '../entry.ts';
import { readExactPage } from '../stretch.ts';
import type { ProfileFilter } from './profile-filter.ts';
import type { ProfileEntry, ProfileStretch } from './profile-source.ts';

/** Many stretches of many accounts' lists at once. */
export type ProfileLoader = Loader<ProfileEntry[], ProfileStretch>;

/** One page of what an account wrote and retweeted, as a connection. */
export async function profilePage(
  loader: ProfileLoader,
  userId: string,
  filter: ProfileFilter,
  args: ConnectionArguments,
) {
  const list = `profile:${userId}:${filter}`;
  const page = await readExactPage(readPage(list, args), async (stretch) => ({
    rows: await loader.load({ userId, filter, stretch }),
  }));
  return toConnection(
    list,
    page,
    ({ place }) => [place],
    (entry) => ({ node: tweetOf(entry), isRetweet: entry.kind === 'retweet', isPinned: entry.isPinned }),
  );
}
