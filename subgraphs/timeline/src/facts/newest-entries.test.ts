import { expect, test } from 'vitest';
import { AccountSet } from './account-set.ts';
import { entryRow } from './entry-rows.ts';
import { highOf, lowOf } from './halves.ts';
import { changedBeyond, type NewestEntries } from './newest-entries.ts';
import type { ViewerFacts } from './viewer-facts.ts';

const VIEWER = '1';
const FRIEND = '2';
const STRANGER = '3';

function changed(change: bigint, id: string, actorId: string, isDeleted = false) {
  const kind = 'tweet' as const;
  const row = { id, kind, actorId, tweetId: id, authorId: actorId, replyToAuthorId: null, isReply: false, isDeleted };
  return { change, row: entryRow(row) };
}

const facts: ViewerFacts = {
  viewerId: VIEWER,
  graphVersion: 1n,
  viewerHigh: highOf(BigInt(VIEWER)),
  viewerLow: lowOf(BigInt(VIEWER)),
  circle: new AccountSet([BigInt(VIEWER), BigInt(FRIEND)]),
  hidden: new AccountSet([]),
  blocked: new Set(),
  mutes: new Map(),
  mutesWords: false,
  isWhole: true,
};
// Ids are not in the order of changes: what is written in two places at once is copied in any order.
const newest: NewestEntries = {
  newestChange: 15n,
  completeBeyond: 10n,
  entries: [
    changed(11n, '103', FRIEND),
    changed(12n, '101', VIEWER),
    changed(13n, '104', STRANGER),
    changed(14n, '105', FRIEND, true),
    changed(15n, '102', FRIEND),
  ],
};

test.each([
  [10n, [103n, 102n, 101n]],
  [11n, [102n, 101n]],
  [15n, []],
  [16n, []],
])('beyond change %i there are, newest first, entries of the viewer and of accounts followed', (delivered, ids) => {
  expect(changedBeyond(delivered, newest, facts)).toEqual(BigInt64Array.from(ids));
});

test('nothing is said of changes before those that are remembered', () => {
  expect(changedBeyond(9n, newest, facts)).toBeUndefined();
});
