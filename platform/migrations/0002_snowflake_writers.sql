-- Writer numbers of ids, each lent to one running process at a time. Ids with a number may have been made up to
-- `reserved_until_ms` (Unix milliseconds by the holder's clock), so that whoever gets it next begins after that.
create table platform.snowflake_writers (
  writer smallint primary key check (writer between 0 and 62),
  holder uuid,
  expires_at timestamptz,
  reserved_until_ms bigint not null default 0,
  check (num_nulls(holder, expires_at) in (0, 2))
);

insert into platform.snowflake_writers (writer) select generate_series(0, 62);
