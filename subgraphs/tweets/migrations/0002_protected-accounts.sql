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

-- Where people followed each other before this copy was kept, their events may be gone: it begins with what there is. Events
-- that are still to come say it again.
DO $$
BEGIN
  IF to_regclass('social_graph.follows') IS NOT NULL THEN
    INSERT INTO tweets.follows (follower_id, followee_id) SELECT follower_id, followee_id FROM social_graph.follows;
  END IF;
END
$$;
