-- What was told last of what is popular, best first: one row, so that it is told again when it has changed, whoever looks.
CREATE TABLE tweets.told_popular (
  tweet_ids bigint[] NOT NULL
);
INSERT INTO tweets.told_popular VALUES ('{}');
