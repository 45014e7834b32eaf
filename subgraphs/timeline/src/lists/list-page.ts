import type { Loader } from '@starling/platform/batching';
import { type ConnectionArguments, goingOnAt, readPage, toConnection } from '@starling/platform/pagination';
import { type Candidate, readInRounds } from '../candidate-rounds.ts';
import { tweetOf } from '../entry.ts';
import { readExactPage } from '../stretch.ts';
import type { ListStretch } from './list-source.ts';

/** Many stretches of many lists at once. */
export type ListLoader = Loader<Candidate[], ListStretch>;

/** One page of what the members of a list have written, as a connection. */
export async function listPage(loader: ListLoader, listId: string, args: ConnectionArguments) {
  const list = `list:${listId}`;
  const request = readPage(list, args);
  const page = await readExactPage(request, (stretch) =>
    readInRounds((round) => loader.load({ listId, stretch: round }), stretch),
  );
  const connection = toConnection(
    list,
    page,
    ({ id }) => [id],
    (entry) => ({ node: tweetOf(entry) }),
  );
  return goingOnAt(list, page.end === undefined ? undefined : [page.end.toString()], request, connection);
}
