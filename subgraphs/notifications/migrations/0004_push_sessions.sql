-- Up Migration

-- The session in which a browser was registered: they end together. Null for those that were registered before it was kept.
ALTER TABLE notifications.push_subscriptions ADD COLUMN session_id bigint;
CREATE INDEX push_subscriptions_of_session ON notifications.push_subscriptions (session_id);

-- Sessions that have ended while access tokens of theirs may still be good: no browser is registered in them any more.
CREATE TABLE notifications.ended_sessions (
  session_id bigint PRIMARY KEY,
  ended_at timestamptz NOT NULL
);
CREATE INDEX ended_sessions_in_time ON notifications.ended_sessions (ended_at);
