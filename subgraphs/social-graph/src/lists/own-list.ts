import { type UserError, userError } from '@starling/platform/graphql';
import type { Queryable } from '@starling/platform/postgres';
import { type AccountList, getList, getShownListsByIds } from './account-list-store.ts';

/**
 * The list when it is the viewer's own, or why it cannot be changed: others are told no more than they may see. What hides a
 * list from them waits for nobody here, since either answer refuses.
 */
export async function ownList(
  transaction: Queryable,
  viewerId: string,
  listId: string,
): Promise<{ readonly list: AccountList } | { readonly mistake: UserError }> {
  const list = await getList(transaction, listId);
  if (list?.ownerId === viewerId) return { list };
  const [shown] = list ? await getShownListsByIds(transaction, viewerId, [listId]) : [];
  return {
    mistake: shown
      ? userError('FORBIDDEN', 'You can change your own lists only.', 'listId')
      : userError('NOT_FOUND', 'There is no such list.', 'listId'),
  };
}
