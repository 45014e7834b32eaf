import { all, type Loader } from '@starling/platform/batching';
import {
  type Connection,
  type ConnectionArguments,
  goingOnAt,
  type PageRequest,
  readPage,
  toConnection,
} from '@starling/platform/pagination';
import { isSnowflake } from '@starling/platform/snowflake';
import type { EntryPage, PageKey } from './list-pages.ts';
import type { Loaders } from './loaders.ts';
import { WINDOWS } from './popular-store.ts';
import type { Tweet } from './tweet-store.ts';

type Pages = Loader<EntryPage, PageKey>;

const positionOf = ({ position }: Pick<EntryPage['rows'][number], 'position'>) => position;

/** `list` names the list and whose it is: cursors belong to it alone. */
export async function userConnection(
  list: string,
  pages: Pages,
  ownerId: string,
  args: ConnectionArguments,
): Promise<Connection<{ id: string }>> {
  const request = readPage(list, args);
  const page = await pages.load({ ownerId, request });
  return goingOnAt(
    list,
    page.end,
    request,
    toConnection(list, page, positionOf, ({ userId }) => ({ node: { id: userId } })),
  );
}

/** The page's tweets as they are; the list has told that the viewer may see them. */
async function tweetsOf(loaders: Loaders, list: string, pages: Pages, key: PageKey): Promise<Connection<Tweet>> {
  const page = await pages.load(key);
  const found = await all(page.rows.map(({ tweetId }) => loaders.tweetRowById.load(tweetId)));
  const rows = page.rows.flatMap(({ position }, at) => {
    const tweet = found[at];
    // Deleted since the list was read, it is left out.
    return tweet && !tweet.isDeleted ? [{ position, tweet }] : [];
  });
  return goingOnAt(
    list,
    page.end,
    key.request,
    toConnection(list, { ...page, rows }, positionOf, ({ tweet }) => ({ node: tweet })),
  );
}

export function tweetConnection(
  loaders: Loaders,
  list: string,
  pages: Pages,
  ownerId: string,
  args: ConnectionArguments,
): Promise<Connection<Tweet>> {
  return tweetsOf(loaders, list, pages, { ownerId, request: readPage(list, args) });
}

const answersTo = (tweetId: string) => `answers:${tweetId}`;

/** Whether it was the answered author, the engagement, and the id: the order of answers. */
function isAnswerPosition([byAnsweredAuthor = '', engagement = '', id = '', ...more]: string[]): boolean {
  return /^[01]$/.test(byAnsweredAuthor) && /^-?\d{1,9}$/.test(engagement) && isSnowflake(id) && more.length === 0;
}

export function readAnswersPage(tweetId: string, args: ConnectionArguments): PageRequest<string[]> {
  return readPage(answersTo(tweetId), args, isAnswerPosition);
}

export function answerConnection(
  loaders: Loaders,
  tweetId: string,
  request: PageRequest<string[]>,
): Promise<Connection<Tweet>> {
  return tweetsOf(loaders, answersTo(tweetId), loaders.answersPage, { ownerId: tweetId, request });
}

/** Rank and id. */
function isPopularPosition([rank = '', id = '', ...more]: string[]): boolean {
  return /^[1-9]\d{0,17}$/.test(rank) && isSnowflake(id) && more.length === 0;
}

export function popularConnection(
  loaders: Loaders,
  window: keyof typeof WINDOWS,
  args: ConnectionArguments,
): Promise<Connection<Tweet>> {
  const list = `popular:${window}`;
  return tweetsOf(loaders, list, loaders.popularPage, {
    ownerId: String(WINDOWS[window]),
    request: readPage(list, args, isPopularPosition),
  });
}
