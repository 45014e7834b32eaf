import type { CommandParts } from './commands.ts';
import { keywordUnmuted } from './events.ts';
import { lockKeywords } from './locks.ts';
import { removeMutedKeyword } from './muted-keyword-store.ts';

/** What the viewer has not muted stays so; another's is none of the viewer's. */
export async function unmuteKeyword(
  { database, eventLog }: CommandParts,
  { viewerId, mutedKeywordId }: { readonly viewerId: string; readonly mutedKeywordId: string },
): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockKeywords(transaction, viewerId);
    if (await removeMutedKeyword(transaction, viewerId, mutedKeywordId)) {
      await eventLog.append(transaction, [keywordUnmuted(viewerId, mutedKeywordId)]);
    }
  });
}
