-- Up Migration

-- What is popular with everybody, the best of rank 1: a copy of what tweets tells of the last day, kept by `timeline.copies`.
CREATE TABLE timeline.popular_tweets (
  tweet_id bigint PRIMARY KEY,
  rank int NOT NULL
);
