-- Up Migration

ALTER TYPE notifications.channel ADD VALUE 'PUSH';

-- What push services know this system by: made once. The private key never leaves this table but to sign.
CREATE TABLE notifications.push_keys (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  public_key text NOT NULL,
  private_key text NOT NULL
);

-- Browsers that want to be told. An endpoint is a secret: whoever knows it may write to it.
CREATE TABLE notifications.push_subscriptions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL,
  endpoint text COLLATE "C" NOT NULL UNIQUE,
  p256dh text NOT NULL,
  auth text NOT NULL
);
CREATE INDEX push_subscriptions_of_user ON notifications.push_subscriptions (user_id, id);

-- Messages on their way.
CREATE TABLE notifications.pushes (
  subscription_id bigint NOT NULL REFERENCES notifications.push_subscriptions ON DELETE CASCADE,
  announced bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (subscription_id, announced)
);
CREATE INDEX pushes_due ON notifications.pushes (due_at);
