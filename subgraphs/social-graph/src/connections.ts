import {
  type Connection,
  type ConnectionArguments,
  encodeCursor,
  readPage,
  toConnection,
} from '@starling/platform/pagination';
import type DataLoader from 'dataloader';
import type { AccountPage, PageKey } from './list-pages.ts';

type UserConnection = Connection<{ id: string }>;

const NOTHING: AccountPage = { rows: [], hasNextPage: false, hasPreviousPage: false };

/** `list` names the list and whose it is (and for whom, when that matters): cursors belong to it alone. A closed list is empty. */
export async function userConnection(
  list: string,
  pages: DataLoader<PageKey, AccountPage, string>,
  userId: string,
  args: ConnectionArguments,
  isClosed: () => Promise<boolean> = async () => false,
): Promise<UserConnection> {
  const request = readPage(list, args);
  const page = (await isClosed()) ? NOTHING : await pages.load({ userId, request });
  const connection = toConnection(
    list,
    page,
    ({ position }) => [position],
    ({ accountId }) => ({ node: { id: accountId } }),
  );
  if (page.end === undefined) return connection;
  const end = encodeCursor(list, page.end);
  const cursors = request.direction === 'forward' ? { endCursor: end } : { startCursor: end };
  return { ...connection, pageInfo: { ...connection.pageInfo, ...cursors } };
}
