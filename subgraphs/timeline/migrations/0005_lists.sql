-- Up Migration

-- Who is in which list that somebody has made: a copy of what social_graph owns, kept by `timeline.copies`.
CREATE TABLE timeline.list_members (
  list_id bigint NOT NULL,
  user_id bigint NOT NULL,
  PRIMARY KEY (list_id, user_id)
);
