import type { Connection, ConnectionArguments } from '@starling/platform/pagination';
import { idConnection } from '../connections.ts';
import type { Context } from '../context.ts';
import type { AccountList } from './account-list-store.ts';

/** One page of the lists that an account has made, as the viewer may see them. */
export async function listConnection(
  { loaders }: Context,
  ownerId: string,
  args: ConnectionArguments,
  isClosed: () => Promise<boolean>,
): Promise<Connection<AccountList | null>> {
  const { edges, pageInfo } = await idConnection(`lists:${ownerId}`, loaders.listsPage, ownerId, args, isClosed);
  const nodes = await Promise.all(edges.map(({ node }) => loaders.listById.load(node.id)));
  return { edges: edges.map(({ cursor }, place) => ({ cursor, node: nodes[place] ?? null })), nodes, pageInfo };
}
