import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

const setKeywords = statement(
  'notifications.setMutedKeywords',
  `INSERT INTO notifications.muted_keywords (muter_id, keyword_id, words, until)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
   ON CONFLICT (muter_id, keyword_id) DO UPDATE SET words = excluded.words, until = excluded.until`,
);

const removeKeywords = statement(
  'notifications.removeMutedKeywords',
  `DELETE FROM notifications.muted_keywords k USING unnest($1::bigint[], $2::bigint[]) AS gone (muter_id, keyword_id)
   WHERE k.muter_id = gone.muter_id AND k.keyword_id = gone.keyword_id`,
);

/** Which phrases are muted: what the last event of each says. */
export async function copyKeywords(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const last = new Map(
    only(events, 'keyword.muted.v1', 'keyword.unmuted.v1').map((event) => [event.payload.mutedKeywordId, event]),
  );
  const muted = only([...last.values()], 'keyword.muted.v1').map(({ payload }) => payload);
  const unmuted = only([...last.values()], 'keyword.unmuted.v1').map(({ payload }) => payload);
  const keys = (of: readonly { readonly muterId: string; readonly mutedKeywordId: string }[]) => [
    of.map(({ muterId }) => muterId),
    of.map(({ mutedKeywordId }) => mutedKeywordId),
  ];
  if (muted.length > 0) {
    const values = [...keys(muted), muted.map(({ words }) => words), muted.map(({ until }) => until)];
    await transaction.query(setKeywords, values);
  }
  if (unmuted.length > 0) await transaction.query(removeKeywords, keys(unmuted));
}
