import { bothWays, inParts, type ListEntries, NEWEST, OLDEST, type Row, toldOf } from './list-store.ts';

/** In seconds. */
export const WINDOWS = { HOUR: 3_600, DAY: 86_400, WEEK: 604_800 } as const;

/** So many are ranked; the newest of each doubling of likes are looked at. */
const RANKED = 500;
const OF_EACH_MAGNITUDE = 200;

const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657;

/** The smallest id of what was posted within the window of the part. */
const SINCE = `((((extract(epoch FROM now()) - part.owner_id) * 1000)::bigint - ${SNOWFLAKE_EPOCH_MS}) << 22)`;

// Decay by halves over equal times keeps the order of two tweets that nobody likes meanwhile, so that a rank need not know
// when it is asked for: what is a quarter of the window younger ranks as if its likes had doubled. In millionths.
const RANK = `round(1000000 * (
  ln(1 + counts.likes::float8) / ln(2::float8) + 0.1 * ln(1 + audience.followers::float8) / ln(2::float8)
  + (counts.tweet_id >> 22) / (250 * part.owner_id)::float8))::bigint`;

// Rows are compared as wholes to leave the planner one index that serves both the order and the bounds: told the magnitude by
// itself, it would rather go through everything that was posted within the window.
const popular = bothWays(
  'listPopular',
  (order) => `SELECT part.number::int AS number, ${toldOf('$7::bigint')},
     ARRAY[entry.rank::text, entry.tweet_id::text] AS position
   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
     WITH ORDINALITY AS part (owner_id, below_rank, below, above_rank, above, number)
   CROSS JOIN LATERAL (
     SELECT * FROM (
       SELECT counts.tweet_id, ${RANK} AS rank
       FROM generate_series(1, 31) AS step (magnitude)
       CROSS JOIN LATERAL (
         SELECT tweet_id, likes FROM tweets.tweet_counts
         WHERE like_magnitude > 0
           AND (like_magnitude, tweet_id) >= (step.magnitude, ${SINCE})
           AND (like_magnitude, tweet_id) < (step.magnitude + 1, 0)
         ORDER BY like_magnitude DESC, tweet_id DESC LIMIT ${OF_EACH_MAGNITUDE}
       ) AS counts
       JOIN tweets.tweets AS liked ON liked.id = counts.tweet_id AND liked.deleted_at IS NULL
       CROSS JOIN LATERAL (
         SELECT coalesce((SELECT followers FROM tweets.follower_counts WHERE user_id = liked.author_id), 0) AS followers
       ) AS audience
       ORDER BY rank DESC, tweet_id DESC LIMIT ${RANKED}
     ) AS best
     WHERE (rank, tweet_id) < (part.below_rank, part.below) AND (rank, tweet_id) > (part.above_rank, part.above)
     ORDER BY rank ${order}, tweet_id ${order} LIMIT $6
   ) AS entry
   JOIN tweets.tweets AS tweet ON tweet.id = entry.tweet_id
   ORDER BY part.number, entry.rank ${order}, entry.tweet_id ${order}`,
);

const BEST = [NEWEST, NEWEST] as const;
const WORST = [OLDEST, OLDEST] as const;

/** What is popular in a window, as the viewer meets it; the owner of the list is the window's length in seconds. */
export const popularFor =
  (viewerId: string | null): ListEntries =>
  async (database, parts, direction, size) => {
    const after = parts.map((part) => part.after ?? BEST);
    const before = parts.map((part) => part.before ?? WORST);
    const rows = await database.query<Row>(popular[direction], [
      parts.map(({ ownerId }) => ownerId),
      after.map(([rank]) => rank),
      after.map(([, id]) => id),
      before.map(([rank]) => rank),
      before.map(([, id]) => id),
      size,
      viewerId,
    ]);
    return inParts(parts, rows);
  };
