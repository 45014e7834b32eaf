-- Up Migration

-- Copies of what other rooms own, kept by the one consumer group `timeline.copies`.

CREATE TABLE timeline.follows (
  follower_id bigint NOT NULL,
  followee_id bigint NOT NULL,
  PRIMARY KEY (follower_id, followee_id)
);
CREATE INDEX follows_followers ON timeline.follows (followee_id, follower_id);

CREATE TABLE timeline.blocks (
  blocker_id bigint NOT NULL,
  blocked_id bigint NOT NULL,
  PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX blocks_blockers ON timeline.blocks (blocked_id, blocker_id);

-- A mute whose `until` has passed counts as none.
CREATE TABLE timeline.mutes (
  muter_id bigint NOT NULL,
  muted_id bigint NOT NULL,
  until timestamptz,
  only_retweets boolean NOT NULL,
  PRIMARY KEY (muter_id, muted_id)
);

CREATE TABLE timeline.pins (
  user_id bigint PRIMARY KEY,
  tweet_id bigint NOT NULL
);

-- Grows with every change of what an account follows: a cached timeline of an earlier version is not used.
CREATE TABLE timeline.graph_versions (
  user_id bigint PRIMARY KEY,
  version bigint NOT NULL
) WITH (fillfactor = 70);

-- Whoever changes entries holds one lock until its transaction ends, so that `change` grows in the order of commits:
-- a reader that has seen a change has seen all with smaller numbers.
CREATE SEQUENCE timeline.entry_changes CACHE 1;

CREATE TYPE timeline.entry_kind AS ENUM ('tweet', 'retweet');

-- A tweet (id = tweet_id, actor_id = author_id) or a retweet. A deleted row stays, so that deletion wins over a creation
-- that arrives after it; of a row that was deleted first only the ids are known.
CREATE TABLE timeline.entries (
  id bigint PRIMARY KEY,
  kind timeline.entry_kind NOT NULL,
  actor_id bigint NOT NULL,
  tweet_id bigint NOT NULL,
  author_id bigint NOT NULL,
  reply_to_tweet_id bigint,
  reply_to_author_id bigint,
  has_media boolean NOT NULL DEFAULT false,
  deleted boolean NOT NULL DEFAULT false,
  -- The number of the row's last change: its creation or its deletion.
  change bigint NOT NULL DEFAULT nextval('timeline.entry_changes')
);
CREATE UNIQUE INDEX entries_changes ON timeline.entries (change);
CREATE INDEX entries_of_tweet ON timeline.entries (tweet_id);
-- One actor's entries newest first, for homes (with what the rules ask of an entry) and for each list of a profile.
CREATE INDEX entries_of_actor ON timeline.entries (actor_id, id)
  INCLUDE (kind, tweet_id, author_id, reply_to_tweet_id, reply_to_author_id) WHERE NOT deleted;
CREATE INDEX entries_of_profile ON timeline.entries (actor_id, id)
  WHERE NOT deleted AND (reply_to_tweet_id IS NULL OR reply_to_author_id = author_id);
CREATE INDEX entries_with_media ON timeline.entries (actor_id, id)
  WHERE NOT deleted AND has_media AND kind = 'tweet';
