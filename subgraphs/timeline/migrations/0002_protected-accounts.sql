-- Up Migration

-- Whose tweets are for followers alone: a copy of what users owns, kept by `timeline.copies`.
CREATE TABLE timeline.protected_accounts (
  user_id bigint PRIMARY KEY
);
