-- About how many accounts have looked at a tweet, each once a day: a sketch of `day` that tells how many different ones
-- there were, and not who (HyperLogLog; `view-sketch.ts` writes it), and what the days before came to.
CREATE TABLE tweets.tweet_views (
  tweet_id bigint PRIMARY KEY,
  day date NOT NULL,
  sketch bytea NOT NULL DEFAULT '',
  today integer NOT NULL DEFAULT 0,
  earlier integer NOT NULL DEFAULT 0
) WITH (fillfactor = 70);
