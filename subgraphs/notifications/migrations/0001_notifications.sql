-- Up Migration

-- Copies of what other rooms own, kept by the one consumer group `notifications.copies`.

CREATE TABLE notifications.follows (
  follower_id bigint NOT NULL,
  followee_id bigint NOT NULL,
  PRIMARY KEY (follower_id, followee_id)
);

CREATE TABLE notifications.blocks (
  blocker_id bigint NOT NULL,
  blocked_id bigint NOT NULL,
  PRIMARY KEY (blocker_id, blocked_id)
);

-- A mute whose `until` has passed counts as none.
CREATE TABLE notifications.mutes (
  muter_id bigint NOT NULL,
  muted_id bigint NOT NULL,
  until timestamptz,
  only_retweets boolean NOT NULL,
  PRIMARY KEY (muter_id, muted_id)
);

CREATE TABLE notifications.muted_keywords (
  muter_id bigint NOT NULL,
  keyword_id bigint NOT NULL,
  words text COLLATE "C" NOT NULL,
  until timestamptz,
  PRIMARY KEY (muter_id, keyword_id)
);

CREATE TABLE notifications.protected_accounts (
  user_id bigint PRIMARY KEY
);

-- A deleted row stays, so that deletion wins over a creation that arrives after it.
CREATE TABLE notifications.tweets (
  id bigint PRIMARY KEY,
  author_id bigint NOT NULL,
  quoted_tweet_id bigint,
  -- What it says, as hashes.
  words text COLLATE "C" NOT NULL DEFAULT '',
  deleted boolean NOT NULL DEFAULT false
);
-- Who quoted a tweet that is told of after its quotes.
CREATE INDEX tweets_quoting ON notifications.tweets (quoted_tweet_id) WHERE quoted_tweet_id IS NOT NULL;

CREATE TYPE notifications.kind AS ENUM (
  'LIKE', 'RETWEET', 'QUOTE', 'REPLY', 'MENTION', 'FOLLOW', 'FOLLOW_REQUEST', 'MILESTONE', 'MODERATION'
);

-- What somebody did that concerns somebody else (and likes of one's own tweets, which count towards milestones). Who did it
-- twice did it when it was first done; what was undone stays, and stands no more.
CREATE TABLE notifications.acts (
  recipient_id bigint NOT NULL,
  kind notifications.kind NOT NULL,
  -- The tweet; 0 for none.
  subject_id bigint NOT NULL,
  actor_id bigint NOT NULL,
  -- Unix milliseconds.
  at_ms bigint NOT NULL,
  -- Which entry of this kind and subject it belongs to: the window of time for what is grouped, else 0.
  part bigint NOT NULL,
  -- Of retweets the newest that is known of, which `stands` is about.
  source_id bigint,
  stands boolean NOT NULL,
  -- Whether it stood before it was last told of; null when it was not known.
  stood_before boolean,
  PRIMARY KEY (recipient_id, kind, subject_id, actor_id)
);
-- In each entry, and in all of a subject, in the order of time.
CREATE INDEX acts_in_time ON notifications.acts (recipient_id, kind, subject_id, part, at_ms, actor_id);

-- How many have liked a tweet at some time, and how many do.
CREATE TABLE notifications.like_counts (
  tweet_id bigint PRIMARY KEY,
  ever bigint NOT NULL,
  standing bigint NOT NULL
) WITH (fillfactor = 70);

-- Whoever numbers entries holds one lock until its transaction ends, so that `announced` grows in the order of commits.
CREATE SEQUENCE notifications.announcements CACHE 1;

-- The places of notifications. Whether one is shown, and what of it, is found out from its acts at each read.
CREATE TABLE notifications.entries (
  id bigint PRIMARY KEY,
  recipient_id bigint NOT NULL,
  kind notifications.kind NOT NULL,
  subject_id bigint NOT NULL,
  -- As in `acts`; for a milestone what was reached.
  part bigint NOT NULL,
  -- When the first act was done, in Unix milliseconds: the id's time.
  began_ms bigint NOT NULL,
  -- A number from the moment on in which it was first seen fit to be shown.
  announced bigint,
  -- It arrived when what is newer had already been read: unread until it is read by itself.
  late boolean NOT NULL,
  UNIQUE (recipient_id, kind, subject_id, part)
);
CREATE INDEX entries_of_recipient ON notifications.entries (recipient_id, id);
CREATE INDEX entries_late ON notifications.entries (recipient_id, id) WHERE late;
CREATE UNIQUE INDEX entries_announced ON notifications.entries (announced);
CREATE INDEX entries_announced_to ON notifications.entries (recipient_id, announced);

-- Up to where people have read.
CREATE TABLE notifications.read_marks (
  user_id bigint PRIMARY KEY,
  up_to bigint NOT NULL,
  marked_at timestamptz NOT NULL
);

CREATE TYPE notifications.channel AS ENUM ('IN_APP');

-- What people have chosen; what they have not is as it is for everybody.
CREATE TABLE notifications.preferences (
  user_id bigint NOT NULL,
  kind notifications.kind NOT NULL,
  channel notifications.channel NOT NULL,
  is_enabled boolean NOT NULL,
  PRIMARY KEY (user_id, kind, channel)
);
