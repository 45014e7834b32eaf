import { encodeCursor } from '@starling/platform/pagination';
import type { Database, Statement } from '@starling/platform/postgres';
import { expect, it } from 'vitest';
import { KEPT_CHANGES } from '../src/live/conversation-change-store.ts';
import { liveConversations } from '../src/live/live-conversations.ts';

const onlooker = { viewerId: null, focusId: '7', conversationId: '7' };

/** A log whose newest change is `first` as a stream's place is read, and `then` once what was missed is read. */
function logOf(first: bigint, then: bigint) {
  let newest = first;
  const rows: Record<string, () => object[]> = {
    'tweets.getNewestConversationChange': () => [{ newest: String(newest), durable: true }],
    'tweets.lookForConversationChanges': () => [{ newest: String(newest) }],
    'tweets.listMissedConversationChanges'() {
      newest = then;
      return [];
    },
  };
  const query = async ({ name }: Statement) => rows[name]?.() ?? expect.fail(name);
  return liveConversations({
    database: { query } as unknown as Database,
    onlookers: { seen: async () => null, areTold: async () => [] },
  });
}

it.each([
  ['is kept', KEPT_CHANGES - 1n, KEPT_CHANGES - 1n, false],
  ['was pruned before', KEPT_CHANGES, KEPT_CHANGES, true],
  ['was pruned while the stream began', KEPT_CHANGES - 1n, KEPT_CHANGES, true],
])('what comes after a cursor at the border of the log %s', async (_how, first, then, isGap) => {
  const live = logOf(first + 5n, then + 5n);
  const stream = await live.watch(onlooker, { after: encodeCursor('conversation-stream:7', '5') });
  const told = stream.next();
  if (!isGap) live.endAll();
  expect((await told).value?.conversationUpdates).toEqual(
    isGap ? expect.objectContaining({ __typename: 'StreamGap', reason: 'CURSOR_EXPIRED' }) : undefined,
  );
  live.endAll();
});
