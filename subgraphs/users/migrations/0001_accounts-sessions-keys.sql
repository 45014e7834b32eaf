-- Up Migration

-- Everybody who has joined. The time of joining is in the id. `password_hash` is null for an account that nobody can log
-- in to; addresses are kept in lower case, so that equal ones are equal text.
CREATE TABLE users.accounts (
  id bigint PRIMARY KEY,
  username text NOT NULL CHECK (username ~ '^[A-Za-z0-9_]{1,15}$'),
  email text NOT NULL CHECK (email = lower(email)),
  password_hash text,
  role text NOT NULL DEFAULT 'USER' CHECK (role IN ('USER', 'MODERATOR', 'ADMIN')),
  display_name text NOT NULL,
  bio text,
  location text,
  website text,
  is_verified boolean NOT NULL DEFAULT false,
  is_protected boolean NOT NULL DEFAULT false,
  CONSTRAINT accounts_email_key UNIQUE (email)
);
-- Usernames are ASCII, so the C collation folds them completely, whatever the locale of the cluster is.
CREATE UNIQUE INDEX accounts_username_key ON users.accounts (lower(username COLLATE "C"));

-- A device that is logged in. A session that ends is deleted, and its refresh tokens go with it.
CREATE TABLE users.sessions (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users.accounts (id) ON DELETE CASCADE,
  device text NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_by_user ON users.sessions (user_id, last_used_at);
CREATE INDEX sessions_by_expiry ON users.sessions (expires_at);

-- SHA-256 of every refresh token that has not expired, spent ones included: a spent one that comes again was stolen.
CREATE TABLE users.refresh_tokens (
  hash bytea PRIMARY KEY,
  session_id bigint NOT NULL REFERENCES users.sessions (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  is_spent boolean NOT NULL DEFAULT false
);
CREATE INDEX refresh_tokens_by_session ON users.refresh_tokens (session_id, expires_at);

-- Ed25519 keys that access tokens are signed with, as JWK with the private part; the key with the latest `signs_from`
-- that has come signs. A key is published from its creation until its last token has expired, then deleted.
CREATE TABLE users.signing_keys (
  id text PRIMARY KEY,
  private_jwk jsonb NOT NULL,
  signs_from timestamptz NOT NULL UNIQUE
);
