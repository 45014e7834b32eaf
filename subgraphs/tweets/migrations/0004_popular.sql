-- How often a tweet is liked, in powers of two: kept by the database, and changed so seldom that most likes touch no index.
ALTER TABLE tweets.tweet_counts ADD COLUMN like_magnitude smallint NOT NULL
  GENERATED ALWAYS AS (floor(ln(greatest(likes, 0) + 1.0::float8) / ln(2.0::float8))::smallint) STORED;
CREATE INDEX tweet_counts_popular ON tweets.tweet_counts (like_magnitude, tweet_id) WHERE like_magnitude > 0;

-- How many rows of the copy of follows an account is followed by: kept by whoever changes the copy, in the same statement.
CREATE TABLE tweets.follower_counts (
  user_id bigint PRIMARY KEY,
  followers integer NOT NULL
) WITH (fillfactor = 70);
INSERT INTO tweets.follower_counts SELECT followee_id, count(*) FROM tweets.follows GROUP BY followee_id;
