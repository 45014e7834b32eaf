import { type Queryable, type Statement, statement } from '@starling/platform/postgres';

/** A place in a list, in the list's own order. */
export interface Entry {
  /** The parts of a cursor: what orders the list. */
  readonly position: readonly string[];
  /** The tweet; in a list of people, the one that they did something with. */
  readonly tweetId: string;
  /** The tweet's author, or the person. */
  readonly userId: string;
  readonly isDeleted: boolean;
}

/** A stretch of one list: what comes strictly after a position, or from the beginning. */
export interface ListPart {
  readonly ownerId: string;
  readonly after: readonly string[] | undefined;
}

/** At most `size` entries of each part, in the order of the parts. */
export type ListEntries = (database: Queryable, parts: readonly ListPart[], size: number) => Promise<Entry[][]>;

type Row = Entry & { readonly number: number };

function inParts(parts: readonly ListPart[], rows: readonly Row[]): Entry[][] {
  const entries: Entry[][] = parts.map(() => []);
  for (const { number, ...entry } of rows) entries[number - 1]?.push(entry);
  return entries;
}

const NEWEST = '9223372036854775807';

/** A list that one number orders, newest first. `rows` has `position`, `tweet_id` and `user_id` for `part.owner_id`. */
function newestFirst(list: Statement): ListEntries {
  return async (database, parts, size) =>
    inParts(
      parts,
      await database.query<Row>(list, [
        parts.map(({ ownerId }) => ownerId),
        parts.map(({ after }) => after?.[0] ?? NEWEST),
        size,
      ]),
    );
}

const page = (rows: string) => `
  FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS part (owner_id, below, number)
  CROSS JOIN LATERAL (
    SELECT * FROM (${rows}) AS list WHERE position < part.below ORDER BY position DESC LIMIT $3
  ) AS entry`;

// Both are one statement for the parts of any number of lists; each part costs its entries, however long its list is.

const people = (name: string, rows: string) =>
  newestFirst(
    statement(
      `tweets.${name}`,
      `SELECT part.number::int AS number, ARRAY[entry.position::text] AS position, entry.tweet_id AS "tweetId",
         entry.user_id AS "userId", false AS "isDeleted"
       ${page(rows)}
       ORDER BY part.number, entry.position DESC`,
    ),
  );

const tweets = (name: string, rows: string) =>
  newestFirst(
    statement(
      `tweets.${name}`,
      `SELECT part.number::int AS number, ARRAY[entry.position::text] AS position, tweet.id AS "tweetId",
         tweet.author_id AS "userId", tweet.deleted_at IS NOT NULL AS "isDeleted"
       ${page(rows)}
       JOIN tweets.tweets AS tweet ON tweet.id = entry.tweet_id
       ORDER BY part.number, entry.position DESC`,
    ),
  );

/** Who likes a tweet, who liked it last first. */
export const listLikers = people(
  'listLikers',
  'SELECT position, tweet_id, user_id FROM tweets.likes WHERE tweet_id = part.owner_id',
);
/** Who has retweeted a tweet, who did it last first. */
export const listRetweeters = people(
  'listRetweeters',
  'SELECT id AS position, tweet_id, user_id FROM tweets.retweets WHERE tweet_id = part.owner_id',
);
/** What quotes a tweet, newest first. */
export const listQuotes = tweets(
  'listQuotes',
  'SELECT id AS position, id AS tweet_id FROM tweets.tweets WHERE quoted_tweet_id = part.owner_id',
);
/** What an account likes, liked last first. */
export const listLikes = tweets(
  'listLikes',
  'SELECT position, tweet_id FROM tweets.likes WHERE user_id = part.owner_id',
);
/** What an account has bookmarked, last first. */
export const listBookmarks = tweets(
  'listBookmarks',
  'SELECT position, tweet_id FROM tweets.bookmarks WHERE user_id = part.owner_id',
);

const listAnswersStatement = statement(
  'tweets.listAnswers',
  `SELECT part.number::int AS number, tweet.id AS "tweetId", tweet.author_id AS "userId",
     tweet.deleted_at IS NOT NULL AS "isDeleted",
     ARRAY[entry.by_answered_author::int::text, entry.engagement::text, entry.tweet_id::text] AS position
   FROM unnest($1::bigint[], $2::boolean[], $3::int[], $4::bigint[])
     WITH ORDINALITY AS part (owner_id, by_answered_author, engagement, id, number)
   CROSS JOIN LATERAL (
     SELECT tweet_id, by_answered_author, engagement FROM tweets.tweet_counts
     WHERE answered_tweet_id = part.owner_id
       AND (by_answered_author, engagement, tweet_id) < (part.by_answered_author, part.engagement, part.id)
     ORDER BY by_answered_author DESC, engagement DESC, tweet_id DESC LIMIT $5
   ) AS entry
   JOIN tweets.tweets AS tweet ON tweet.id = entry.tweet_id
   ORDER BY part.number, entry.by_answered_author DESC, entry.engagement DESC, entry.tweet_id DESC`,
);

const BEST_POSITION = ['1', '2147483647', NEWEST] as const;

/** What answers a tweet: its author's answers first, then by engagement, then the newest. */
export const listAnswers: ListEntries = async (database, parts, size) => {
  const after = parts.map((part) => part.after ?? BEST_POSITION);
  const rows = await database.query<Row>(listAnswersStatement, [
    parts.map(({ ownerId }) => ownerId),
    after.map(([byAnsweredAuthor]) => byAnsweredAuthor === '1'),
    after.map(([, engagement]) => engagement),
    after.map(([, , id]) => id),
    size,
  ]);
  return inParts(parts, rows);
};
