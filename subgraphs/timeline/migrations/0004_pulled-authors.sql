-- Up Migration

-- How many follow each account, kept together with `follows`.
CREATE TABLE timeline.follower_counts (
  user_id bigint PRIMARY KEY,
  followers bigint NOT NULL
) WITH (fillfactor = 70);
INSERT INTO timeline.follower_counts (user_id, followers)
  SELECT followee_id, count(*) FROM timeline.follows GROUP BY followee_id;

-- Numbers the changes of what a home is made of: follows, and switches between push and pull. Whoever takes one holds the
-- lock of `entry_changes` until its transaction ends, so that these numbers, too, grow in the order of commits.
CREATE SEQUENCE timeline.graph_changes CACHE 1;
SELECT setval('timeline.graph_changes', coalesce((SELECT max(version) FROM timeline.graph_versions), 0) + 1);

-- Authors that have been pulled at some time. A row outlives the return to push: timelines that were built before it lack
-- what the author did while pulled, and `switched` tells them.
CREATE TABLE timeline.pull_marks (
  user_id bigint PRIMARY KEY,
  is_pulled boolean NOT NULL,
  -- Of `graph_changes`: when `is_pulled` last changed.
  switched bigint NOT NULL,
  -- Keys of a shared cache over which the author's readers are spread.
  replicas smallint NOT NULL
);

-- Beyond how many followers an author is pulled: one row.
CREATE TABLE timeline.push_limit (
  followers bigint NOT NULL
);
INSERT INTO timeline.push_limit VALUES (10000);
INSERT INTO timeline.pull_marks (user_id, is_pulled, switched, replicas)
  SELECT user_id, true, nextval('timeline.graph_changes'), 1 FROM timeline.follower_counts WHERE followers > 10000;
