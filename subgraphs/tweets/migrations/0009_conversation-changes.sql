-- What came into conversations and left them, in the order of commits: the log that streams of conversations are read from.
-- Answers come, whatever is deleted leaves. Kept by one consumer of the own events; the newest million numbers are kept.
CREATE TABLE tweets.conversation_changes (
  change bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conversation_id bigint NOT NULL,
  tweet_id bigint NOT NULL,
  removed boolean NOT NULL,
  UNIQUE (tweet_id, removed)
);
CREATE INDEX conversation_changes_by_conversation ON tweets.conversation_changes (conversation_id, change);
