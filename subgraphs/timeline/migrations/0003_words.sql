-- Up Migration

-- What a tweet says, as hashes, and what it quotes: a copy of what tweets owns, beside the tweet's entries and apart from them,
-- because it is asked for by those alone who have muted words. It goes when the tweet is deleted.
CREATE TABLE timeline.tweet_words (
  tweet_id bigint PRIMARY KEY,
  quoted_tweet_id bigint,
  words text COLLATE "C" NOT NULL
);

-- What people do not want to read: a copy of what social_graph owns. A keyword whose `until` has passed counts as none.
CREATE TABLE timeline.muted_keywords (
  muter_id bigint NOT NULL,
  keyword_id bigint NOT NULL,
  words text COLLATE "C" NOT NULL,
  until timestamptz,
  PRIMARY KEY (muter_id, keyword_id)
);
