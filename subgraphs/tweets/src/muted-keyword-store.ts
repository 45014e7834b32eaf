import { type Queryable, statement } from '@starling/platform/postgres';

export interface MutedKeyword {
  readonly muterId: string;
  readonly mutedKeywordId: string;
  /** What has to be found among a tweet's words. */
  readonly words: string;
  /** RFC 3339 text; null when it does not end by itself. */
  readonly until: string | null;
}

const setStatement = statement(
  'tweets.setMutedKeywords',
  `INSERT INTO tweets.muted_keywords (muter_id, keyword_id, words, until)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
     AS muted (muter_id, keyword_id, words, until) ORDER BY 1, 2
   ON CONFLICT (muter_id, keyword_id) DO UPDATE SET words = excluded.words, until = excluded.until`,
);

const removeStatement = statement(
  'tweets.removeMutedKeywords',
  `DELETE FROM tweets.muted_keywords AS muted USING unnest($1::bigint[], $2::bigint[]) AS gone (muter_id, keyword_id)
   WHERE muted.muter_id = gone.muter_id AND muted.keyword_id = gone.keyword_id`,
);

type Key = Pick<MutedKeyword, 'muterId' | 'mutedKeywordId'>;

const keys = (keywords: readonly Key[]) => [
  keywords.map(({ muterId }) => muterId),
  keywords.map(({ mutedKeywordId }) => mutedKeywordId),
];

// Each keyword at most once.

export async function setMutedKeywords(transaction: Queryable, keywords: readonly MutedKeyword[]): Promise<void> {
  await transaction.query(setStatement, [
    ...keys(keywords),
    keywords.map(({ words }) => words),
    keywords.map(({ until }) => until),
  ]);
}

export async function removeMutedKeywords(transaction: Queryable, keywords: readonly Key[]): Promise<void> {
  await transaction.query(removeStatement, keys(keywords));
}
