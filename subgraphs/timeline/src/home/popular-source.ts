import { type Queryable, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';
import { amongPopular, followed } from './home-rule.ts';

const popularByIds = statement(
  'timeline.getShownPopularByIds',
  `SELECT ${entryColumns('e')} FROM unnest($2::bigint[]) AS wanted (id) JOIN timeline.entries e ON e.id = wanted.id
   WHERE ${amongPopular('$1::bigint', 'e')} ORDER BY e.id DESC`,
);

const retweetedInCircle = statement(
  'timeline.getRetweetedInCircle',
  `SELECT wanted.id FROM unnest($2::bigint[]) AS wanted (id) WHERE EXISTS (
     SELECT FROM timeline.entries r
     WHERE r.tweet_id = wanted.id AND r.kind = 'retweet' AND NOT r.deleted AND ${followed('$1::bigint', 'r')})`,
);

/** Those of the tweets that may be mixed into the viewer's home, newest first. */
export async function getShownPopularByIds(
  database: Queryable,
  viewerId: string,
  ids: BigInt64Array,
): Promise<Entry[]> {
  return database.query(popularByIds, [viewerId, `{${ids.join()}}`]);
}

/** Those of the tweets that the viewer, or somebody whom the viewer follows, has retweeted. */
export async function getRetweetedInCircle(
  database: Queryable,
  viewerId: string,
  tweetIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ readonly id: string }>(retweetedInCircle, [viewerId, tweetIds]);
  return new Set(rows.map(({ id }) => id));
}
