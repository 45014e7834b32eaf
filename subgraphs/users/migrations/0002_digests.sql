-- Up Migration

-- What links in mails are signed with: made once. Whoever has it can end the mails of anybody.
CREATE TABLE users.mail_keys (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  secret bytea NOT NULL
);

-- Digests that somebody is to be sent. What a digest tells is kept until it has been tried; that it was sent stays for a
-- month, so that it is not sent again when it is asked for again. No address: that is looked up as it is sent.
CREATE TABLE users.digests (
  id uuid PRIMARY KEY,
  user_id bigint NOT NULL,
  -- Which of its attempts was asked for last.
  attempt integer NOT NULL,
  asked_at timestamptz NOT NULL,
  content jsonb,
  state text NOT NULL CHECK (state IN ('WAITING', 'CLAIMED', 'SENT', 'FAILED')),
  CHECK ((content IS NOT NULL) = (state IN ('WAITING', 'CLAIMED')))
);
CREATE INDEX digests_waiting ON users.digests (asked_at) WHERE state = 'WAITING';
CREATE INDEX digests_by_age ON users.digests (asked_at);
CREATE INDEX digests_waiting_of_user ON users.digests (user_id) WHERE state = 'WAITING';
