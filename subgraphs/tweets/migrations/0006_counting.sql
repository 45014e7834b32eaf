-- What is counted, found again for one tweet or one author: by whoever compares counts with it, or makes them anew.
CREATE INDEX tweets_answers ON tweets.tweets (reply_to_tweet_id) WHERE reply_to_tweet_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX tweets_by_author ON tweets.tweets (author_id) WHERE deleted_at IS NULL;

-- Who adds to counts holds this row FOR KEY SHARE; who puts counts in the place of others holds it FOR UPDATE.
-- While counts are made anew, those of tweets up to `tweets_done` and of authors up to `authors_done` are good, and of the
-- rest those of the present generation; otherwise all are.
CREATE TABLE tweets.counting (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  generation integer NOT NULL DEFAULT 0,
  tweets_done bigint,
  authors_done bigint,
  CHECK (num_nulls(tweets_done, authors_done) IN (0, 2))
);
INSERT INTO tweets.counting DEFAULT VALUES;

-- Tweets whose counts were compared with what they count, and those of them that were found wrong and put right.
CREATE TABLE tweets.counts_compared (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  compared bigint NOT NULL DEFAULT 0,
  findings bigint NOT NULL DEFAULT 0
);
INSERT INTO tweets.counts_compared DEFAULT VALUES;

ALTER TABLE tweets.tweet_counts ADD COLUMN generation integer NOT NULL DEFAULT 0;
ALTER TABLE tweets.author_counts ADD COLUMN generation integer NOT NULL DEFAULT 0;
