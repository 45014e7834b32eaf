-- Up Migration

-- Since when it is known that whoever has the account reads mails at its address; null until then, and again when it changes.
ALTER TABLE users.accounts ADD COLUMN email_confirmed_at timestamptz;

-- Mails that ask whether an address is somebody's. Their links hold the id under a seal. One row goes when its link is used; the
-- others a day after they were asked for, and until then they tell how many mails the account has made go out.
CREATE TABLE users.email_confirmations (
  id uuid PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users.accounts (id) ON DELETE CASCADE,
  email text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  -- When it is to be sent, or tried again; null when nothing more is tried.
  send_at timestamptz DEFAULT now()
);
CREATE INDEX email_confirmations_of_user ON users.email_confirmations (user_id, asked_at);
CREATE INDEX email_confirmations_waiting ON users.email_confirmations (send_at) WHERE send_at IS NOT NULL;
CREATE INDEX email_confirmations_by_age ON users.email_confirmations (asked_at);
