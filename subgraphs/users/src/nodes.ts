import { badUserInput, parseId } from '@starling/platform/graphql';
import { kindOf } from '@starling/platform/snowflake';
import type { ListMapper, MutedKeywordMapper, NotificationMapper, TweetMapper, UserMapper } from '../schema.mappers.ts';
import type { Loaders } from './loaders.ts';

const MAX_NODES = 100;

export type NodeReference =
  | (UserMapper & { __typename: 'User' })
  | (TweetMapper & { __typename: 'Tweet' })
  | (ListMapper & { __typename: 'List' })
  | (MutedKeywordMapper & { __typename: 'MutedKeyword' })
  | (NotificationMapper & { __typename: 'Notification' });

/**
 * The kind is in the id. Accounts are looked up here; for the others this answers a reference by `nodeId`, which clients
 * cannot select, so that every answer about such a thing, its `id` too, has to come from its owner.
 */
async function nodeOf(loaders: Loaders, id: string): Promise<NodeReference | null> {
  switch (kindOf(id)) {
    case 'user': {
      const account = await loaders.accountById.load(id);
      return account && { __typename: 'User', ...account };
    }
    case 'tweet':
      return { __typename: 'Tweet', nodeId: id };
    case 'list':
      return { __typename: 'List', nodeId: id };
    case 'mutedKeyword':
      return { __typename: 'MutedKeyword', nodeId: id };
    case 'notification':
      return { __typename: 'Notification', nodeId: id };
    default:
      return null;
  }
}

export function findNode(loaders: Loaders, id: string): Promise<NodeReference | null> {
  return nodeOf(loaders, parseId('id', id));
}

export function findNodes(loaders: Loaders, ids: readonly string[]): Promise<(NodeReference | null)[]> {
  if (ids.length > MAX_NODES) throw badUserInput('ids', `Ask for at most ${MAX_NODES} things at once.`);
  return Promise.all(ids.map((id) => parseId('ids', id)).map((id) => nodeOf(loaders, id)));
}
