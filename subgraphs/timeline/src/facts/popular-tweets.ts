import { type Queryable, statement } from '@starling/platform/postgres';

/** What is popular with everybody, whoever may see it. */
export interface PopularTweets {
  /** Newest first. */
  readonly ids: BigInt64Array;
  /** The best has the lowest. */
  readonly ranks: ReadonlyMap<string, number>;
}

const listPopularStatement = statement(
  'timeline.listPopularTweets',
  'SELECT tweet_id AS id, rank FROM timeline.popular_tweets ORDER BY tweet_id DESC',
);

export async function listPopularTweets(database: Queryable): Promise<PopularTweets> {
  const rows = await database.query<{ readonly id: string; readonly rank: number }>(listPopularStatement, []);
  return {
    ids: BigInt64Array.from(rows, ({ id }) => BigInt(id)),
    ranks: new Map(rows.map(({ id, rank }) => [id, rank])),
  };
}
