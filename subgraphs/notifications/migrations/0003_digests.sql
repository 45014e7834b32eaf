-- Up Migration

ALTER TYPE notifications.channel ADD VALUE 'EMAIL';

-- When it was chosen: a link in an old mail does not undo what was chosen since.
ALTER TABLE notifications.preferences ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();

-- Whoever has ever asked for notifications by email, and what is to be done next about it.
CREATE TABLE notifications.digests (
  user_id bigint PRIMARY KEY,
  -- When a digest is to be made; or, of one that is under way, when it is asked for again should nobody have answered.
  due_at timestamptz NOT NULL,
  -- What was announced up to this number has been told.
  told bigint NOT NULL DEFAULT 0,
  -- The one under way, how often it has been asked for, and up to which announcement it tells.
  digest_id uuid,
  attempts integer NOT NULL DEFAULT 0,
  telling bigint,
  CHECK (digest_id IS NOT NULL OR (attempts = 0 AND telling IS NULL))
);
CREATE INDEX digests_due ON notifications.digests (due_at);
