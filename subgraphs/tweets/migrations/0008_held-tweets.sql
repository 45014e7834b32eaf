-- What somebody wanted to post and a rule held back, until a moderator decides; then its text goes, and what was decided,
-- by whom and when stays. Its id tells when it was held.
CREATE TABLE tweets.held_tweets (
  id bigint PRIMARY KEY,
  author_id bigint NOT NULL,
  rule text NOT NULL,
  text text,
  reply_to_tweet_id bigint,
  quoted_tweet_id bigint,
  idempotency_key text,
  decision text CHECK (decision IN ('RELEASED', 'DISCARDED')),
  decided_by bigint,
  decided_at timestamptz,
  tweet_id bigint,
  CHECK ((text IS NULL) = (decision IS NOT NULL)),
  CHECK (num_nulls(decision, decided_by, decided_at) IN (0, 3)),
  CHECK ((tweet_id IS NOT NULL) = (decision IS NOT NULL AND decision = 'RELEASED'))
);
CREATE INDEX held_tweets_waiting ON tweets.held_tweets (id) WHERE decision IS NULL;
CREATE INDEX held_tweets_by_author ON tweets.held_tweets (author_id, id) WHERE decision IS NULL;
