import { all, type Loader } from '@starling/platform/batching';
import {
  type Connection,
  type ConnectionArguments,
  goingOnAt,
  type Page,
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

interface TweetPage extends Page<{ readonly position: readonly string[]; readonly tweet: Tweet }> {
  readonly end?: EntryPage['end'];
}

/**
 * The page's tweets as they are; the list has told that the viewer may see them. What was deleted since the list was read is left
 * out, and what comes after it in the list moves up.
 */
async function readTweets(loaders: Loaders, pages: Pages, { ownerId, request }: PageKey): Promise<TweetPage> {
  const page = await pages.load({ ownerId, request });
  const found = await all(page.rows.map(({ tweetId }) => loaders.tweetRowById.load(tweetId)));
  const rows = page.rows.flatMap(({ position }, at) => {
    const tweet = found[at];
    return tweet && !tweet.isDeleted ? [{ position, tweet }] : [];
  });
  const limit = page.rows.length - rows.length;
  const isForward = request.direction === 'forward';
  const last = isForward ? page.rows.at(-1) : page.rows[0];
  const goesOn = isForward ? page.hasNextPage : page.hasPreviousPage;
  if (limit === 0 || !last || !goesOn || page.end) return { ...page, rows };

  const beyond = isForward ? { after: [...last.position] } : { before: [...last.position] };
  const more = await readTweets(loaders, pages, { ownerId, request: { ...request, ...beyond, limit } });
  return isForward
    ? { ...more, rows: [...rows, ...more.rows], hasPreviousPage: page.hasPreviousPage }
    : { ...more, rows: [...more.rows, ...rows], hasNextPage: page.hasNextPage };
}

async function tweetsOf(loaders: Loaders, list: string, pages: Pages, key: PageKey): Promise<Connection<Tweet>> {
  const page = await readTweets(loaders, pages, key);
  return goingOnAt(
    list,
    page.end,
    key.request,
    toConnection(list, page, positionOf, ({ tweet }) => ({ node: tweet })),
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
  return tweetsOf(loaders, answersTo(tweetId), loaders.pages.answers, { ownerId: tweetId, request });
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
  return tweetsOf(loaders, list, loaders.pages.popular, {
    ownerId: String(WINDOWS[window]),
    request: readPage(list, args, isPopularPosition),
  });
}
