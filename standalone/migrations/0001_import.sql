-- Up Migration

-- The nodes of imported graphs that have an account, and how many followers the last graph that named them gave them.
CREATE TABLE import.accounts (
  node bigint PRIMARY KEY,
  followers integer NOT NULL
) WITH (fillfactor = 90);

-- Files of posts by name. The slot is the sequence number in the ids of the source's tweets; `shift_ms` is what was added
-- to every time of the file, settled when it was first imported.
CREATE TABLE import.sources (
  slot smallint PRIMARY KEY CHECK (slot BETWEEN 1 AND 4095),
  name text NOT NULL UNIQUE,
  shift_ms bigint NOT NULL
);

-- Which tweet a post has become, for good: a post that stands here is never imported again.
CREATE TABLE import.posts (
  slot smallint NOT NULL REFERENCES import.sources,
  source_id text NOT NULL,
  tweet_id bigint NOT NULL UNIQUE,
  author_id bigint NOT NULL,
  conversation_id bigint NOT NULL,
  PRIMARY KEY (slot, source_id)
);
