-- Who blocks somebody: asked for together with whom somebody blocks.
CREATE INDEX blocks_blockers ON tweets.blocks (blocked_id, blocker_id);
