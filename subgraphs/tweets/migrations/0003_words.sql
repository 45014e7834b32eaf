-- Which words a tweet says, as hashes (`wordsOf` of the rules of visibility), for those who have muted some. Null until they
-- are found: what was posted before this column gets them when the subgraph starts.
ALTER TABLE tweets.tweets ADD COLUMN words text COLLATE "C";
ALTER TABLE tweets.tweets ADD CONSTRAINT tweets_have_no_words_once_deleted CHECK (deleted_at IS NULL OR words IS NULL);
CREATE INDEX tweets_without_words ON tweets.tweets (id) WHERE words IS NULL AND deleted_at IS NULL;

-- A copy of what people do not want to read, from social_graph's events: `words` is what has to be found among a tweet's.
-- A keyword whose `until` has passed counts as none.
CREATE TABLE tweets.muted_keywords (
  muter_id bigint NOT NULL,
  keyword_id bigint NOT NULL,
  words text COLLATE "C" NOT NULL,
  until timestamptz,
  PRIMARY KEY (muter_id, keyword_id)
);
