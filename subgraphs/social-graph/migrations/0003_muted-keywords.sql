-- What people do not want to read. `words` is what the rules of visibility look for; of two phrases with the same words one
-- person mutes one. A keyword whose `until` has passed counts as none, and goes when its owner mutes the next.
CREATE TABLE social_graph.muted_keywords (
  id bigint PRIMARY KEY,
  muter_id bigint NOT NULL,
  phrase text NOT NULL,
  words text COLLATE "C" NOT NULL,
  until timestamptz
);
CREATE UNIQUE INDEX muted_keywords_words ON social_graph.muted_keywords (muter_id, words);
CREATE INDEX muted_keywords_list ON social_graph.muted_keywords (muter_id, id);
