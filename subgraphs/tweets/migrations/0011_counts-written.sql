-- Which state the rows of counts and the marks of what is counted in them are in: whoever changes either raises `version`.
-- The table is not logged, and its row made anew when it is missing: after a crash, and on a standby that takes over, numbers of
-- transactions are given out again that something outside the database may remember, and no state has the name of one before.
-- Until `summed_until`, somebody keeps sums of what is not counted in the rows, which then need not be written often.
CREATE UNLOGGED TABLE tweets.counts_written (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  token uuid NOT NULL DEFAULT gen_random_uuid(),
  version bigint NOT NULL DEFAULT 0,
  summed_until timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
