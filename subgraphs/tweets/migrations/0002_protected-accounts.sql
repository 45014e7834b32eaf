-- Copies of what others own, kept from their events: which accounts are protected, and who follows whom, of every account,
-- since any may be protected later.
CREATE TABLE tweets.protected_accounts (
  user_id bigint PRIMARY KEY
);

CREATE TABLE tweets.follows (
  follower_id bigint NOT NULL,
  followee_id bigint NOT NULL,
  PRIMARY KEY (follower_id, followee_id)
);
