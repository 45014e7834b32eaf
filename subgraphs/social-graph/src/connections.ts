import type { Loader } from '@starling/platform/batching';
import {
  type Connection,
  type ConnectionArguments,
  goingOnAt,
  readPage,
  toConnection,
} from '@starling/platform/pagination';
import type { AccountPage, PageKey } from './list-pages.ts';

const NOTHING: AccountPage = { rows: [], hasNextPage: false, hasPreviousPage: false };

/**
 * `list` names the list and whose it is (and for whom, when that matters): cursors belong to it alone. Its nodes are ids, of
 * accounts or of lists. A closed list is empty.
 */
export async function idConnection(
  list: string,
  pages: Loader<AccountPage, PageKey>,
  ownerId: string,
  args: ConnectionArguments,
  isClosed: () => Promise<boolean> = async () => false,
): Promise<Connection<{ id: string }>> {
  const request = readPage(list, args);
  const page = (await isClosed()) ? NOTHING : await pages.load({ userId: ownerId, request });
  const connection = toConnection(
    list,
    page,
    ({ position }) => [position],
    ({ accountId }) => ({ node: { id: accountId } }),
  );
  return goingOnAt(list, page.end === undefined ? undefined : [page.end], request, connection);
}
