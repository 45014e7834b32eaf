import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import { mutesWords, saysMutedWord } from '@starling/visibility';

/** A place in a list, in the list's own order. */
export interface Entry {
  /** The parts of a cursor: what orders the list. */
  readonly position: readonly string[];
  /** The tweet; in a list of people, the one that they did something with. */
  readonly tweetId: string;
  /** The tweet's author, or the person. */
  readonly userId: string;
  readonly isDeleted: boolean;
  /** Where words can be muted: the tweet says what the viewer has muted. */
  readonly saysMuted?: boolean;
  /** There too: it quotes a tweet of this author that does; null when it quotes none. */
  readonly quotesMutedOf?: string | null;
}

export type Direction = 'forward' | 'backward';

/** A stretch of one list, in the list's order: strictly after one position and before another; without them, all of it. */
export interface ListPart {
  readonly ownerId: string;
  readonly after: readonly string[] | undefined;
  readonly before: readonly string[] | undefined;
}

/** At most `size` entries of each part, in the order of the parts: from its beginning, or backward from its end. */
export type ListEntries = (
  database: Queryable,
  parts: readonly ListPart[],
  direction: Direction,
  size: number,
) => Promise<Entry[][]>;

export type Row = Entry & { readonly number: number };

export function inParts(parts: readonly ListPart[], rows: readonly Row[]): Entry[][] {
  const entries: Entry[][] = parts.map(() => []);
  for (const { number, ...entry } of rows) entries[number - 1]?.push(entry);
  return entries;
}

export const NEWEST = '9223372036854775807';
export const OLDEST = '0';

/** The lists have what is newer, or better, first. */
const orderOf = (direction: Direction) => (direction === 'forward' ? 'DESC' : 'ASC');

export function bothWays(name: string, sql: (order: 'DESC' | 'ASC') => string): Readonly<Record<Direction, Statement>> {
  return {
    forward: statement(`tweets.${name}`, sql(orderOf('forward'))),
    backward: statement(`tweets.${name}Backward`, sql(orderOf('backward'))),
  };
}

/** A list that one number orders, newest first. */
function newestFirst(statements: Readonly<Record<Direction, Statement>>): ListEntries {
  return async (database, parts, direction, size) =>
    inParts(
      parts,
      await database.query<Row>(statements[direction], [
        parts.map(({ ownerId }) => ownerId),
        parts.map(({ after }) => after?.[0] ?? NEWEST),
        parts.map(({ before }) => before?.[0] ?? OLDEST),
        size,
      ]),
    );
}

/** `rows` has what orders the list as `position`, for `part.owner_id`. */
const page = (rows: string, order: string) => `
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS part (owner_id, below, above, number)
  CROSS JOIN LATERAL (
    SELECT * FROM (${rows}) AS list
    WHERE position < part.below AND position > part.above ORDER BY position ${order} LIMIT $4
  ) AS entry`;

// Both are one statement for the parts of any number of lists; each part costs its entries, however long its list is.

const people = (name: string, rows: string) =>
  newestFirst(
    bothWays(
      name,
      (
        order,
      ) => `SELECT part.number::int AS number, ARRAY[entry.position::text] AS position, entry.tweet_id AS "tweetId",
         entry.user_id AS "userId", false AS "isDeleted"
       ${page(rows, order)}
       ORDER BY part.number, entry.position ${order}`,
    ),
  );

const tweets = (name: string, rows: string) =>
  newestFirst(
    bothWays(
      name,
      (order) => `SELECT part.number::int AS number, ARRAY[entry.position::text] AS position, tweet.id AS "tweetId",
         tweet.author_id AS "userId", tweet.deleted_at IS NOT NULL AS "isDeleted"
       ${page(rows, order)}
       JOIN tweets.tweets AS tweet ON tweet.id = entry.tweet_id
       ORDER BY part.number, entry.position ${order}`,
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

/** Who has muted no words is asked no more than that, once. `viewer` is the parameter that names who looks. */
function saysMuted(viewer: string, tweet: string): string {
  const keywords = { table: 'tweets.muted_keywords', viewer };
  return `CASE WHEN ${mutesWords(keywords)} THEN ${saysMutedWord({ ...keywords, words: `${tweet}.words` })} ELSE false END`;
}

/** What an entry tells of `tweet` beside its position, as rules of words need it. */
export const toldOf = (viewer: string) => `
  tweet.id AS "tweetId", tweet.author_id AS "userId", tweet.deleted_at IS NOT NULL AS "isDeleted",
  ${saysMuted(viewer, 'tweet')} AS "saysMuted",
  (SELECT quoted.author_id FROM tweets.tweets AS quoted
   WHERE quoted.id = tweet.quoted_tweet_id AND ${saysMuted(viewer, 'quoted')}) AS "quotesMutedOf"`;

const answers = bothWays(
  'listAnswers',
  (order) => `SELECT part.number::int AS number, ${toldOf('$9::bigint')},
     ARRAY[entry.by_answered_author::int::text, entry.engagement::text, entry.tweet_id::text] AS position
   FROM unnest($1::bigint[], $2::boolean[], $3::int[], $4::bigint[], $5::boolean[], $6::int[], $7::bigint[])
     WITH ORDINALITY AS part (owner_id, below_author, below_engagement, below, above_author, above_engagement, above, number)
   CROSS JOIN LATERAL (
     SELECT tweet_id, by_answered_author, engagement FROM tweets.tweet_counts
     WHERE answered_tweet_id = part.owner_id
       AND (by_answered_author, engagement, tweet_id) < (part.below_author, part.below_engagement, part.below)
       AND (by_answered_author, engagement, tweet_id) > (part.above_author, part.above_engagement, part.above)
     ORDER BY by_answered_author ${order}, engagement ${order}, tweet_id ${order} LIMIT $8
   ) AS entry
   JOIN tweets.tweets AS tweet ON tweet.id = entry.tweet_id
   ORDER BY part.number, entry.by_answered_author ${order}, entry.engagement ${order}, entry.tweet_id ${order}`,
);

const BEST = ['1', '2147483647', NEWEST] as const;
const WORST = ['0', '-2147483648', OLDEST] as const;

/** Positions of answers as three columns: whether it was the answered author, the engagement, the id. */
const columns = (positions: readonly (readonly string[])[]) => [
  positions.map(([byAnsweredAuthor]) => byAnsweredAuthor === '1'),
  positions.map(([, engagement]) => engagement),
  positions.map(([, , id]) => id),
];

/** What answers a tweet, as the viewer meets it: its author's answers first, then by engagement, then the newest. */
export const answersFor =
  (viewerId: string | null): ListEntries =>
  async (database, parts, direction, size) => {
    const rows = await database.query<Row>(answers[direction], [
      parts.map(({ ownerId }) => ownerId),
      ...columns(parts.map(({ after }) => after ?? BEST)),
      ...columns(parts.map(({ before }) => before ?? WORST)),
      size,
      viewerId,
    ]);
    return inParts(parts, rows);
  };

interface HeadRow extends Omit<Entry, 'position'> {
  readonly number: number;
  readonly byAnsweredAuthor: boolean;
  readonly engagement: number;
}

const listHeadsStatement = statement(
  'tweets.listAnswerHeads',
  `SELECT part.number::int AS number, tweet.id AS "tweetId", tweet.author_id AS "userId",
     tweet.deleted_at IS NOT NULL AS "isDeleted", entry.by_answered_author AS "byAnsweredAuthor", entry.engagement
   FROM unnest($1::bigint[]) WITH ORDINALITY AS part (owner_id, number)
   CROSS JOIN LATERAL (
     SELECT tweet_id, by_answered_author, engagement FROM tweets.tweet_counts WHERE answered_tweet_id = part.owner_id
     ORDER BY by_answered_author DESC, engagement DESC, tweet_id DESC LIMIT $2
   ) AS entry
   JOIN tweets.tweets AS tweet ON tweet.id = entry.tweet_id
   ORDER BY part.number, entry.by_answered_author DESC, entry.engagement DESC, entry.tweet_id DESC`,
);

/** The first answers to each of the tweets, `size` at most, in the order of `answersFor`; of words nothing is told. */
export async function listAnswerHeads(
  database: Queryable,
  tweetIds: readonly string[],
  size: number,
): Promise<Entry[][]> {
  const rows = await database.query<HeadRow>(listHeadsStatement, [tweetIds, size]);
  return inParts(
    tweetIds.map((ownerId) => ({ ownerId, after: undefined, before: undefined })),
    rows.map(({ byAnsweredAuthor, engagement, ...entry }) => ({
      ...entry,
      position: [byAnsweredAuthor ? '1' : '0', String(engagement), entry.tweetId],
    })),
  );
}
