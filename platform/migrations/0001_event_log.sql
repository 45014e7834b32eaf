-- Events that were committed with the changes that they tell of. A row's place in commit order is not its position:
-- readers find what is new by comparing snapshots (docs/adr/0003), and order what is new by position.
create table platform.outbox (
  position bigint generated always as identity primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  id uuid not null,
  topic text not null,
  name text not null,
  key text not null,
  payload jsonb not null,
  occurred_at timestamptz not null default now()
);

-- What is new on a topic, without a look at the rest of the log.
create index outbox_by_topic_and_transaction on platform.outbox (topic, transaction_id, position);

-- How far a group has come: everything visible in `seen` has been handled. While it goes through a large window, the rows
-- visible in `window_snapshot` but not in `seen` have been handled up to `window_position`; none lies beyond `window_end`.
create table platform.consumer_offsets (
  consumer_group text primary key,
  topics text[] not null,
  seen pg_snapshot not null default '1:1:',
  window_snapshot pg_snapshot,
  window_position bigint,
  window_end bigint,
  check (num_nulls(window_snapshot, window_position, window_end) in (0, 3))
) with (fillfactor = 50);

-- Which events a group has already turned into an effect, for effects that are not idempotent by nature.
create table platform.handled_events (
  event_id uuid not null,
  consumer_group text not null,
  primary key (event_id, consumer_group)
);

-- Events that a group could not handle, with the reason; the group has gone on without them.
create table platform.dead_letters (
  event_id uuid not null,
  consumer_group text not null,
  topic text not null,
  name text not null,
  key text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  error text not null,
  attempts integer not null,
  dead_at timestamptz not null default now(),
  primary key (event_id, consumer_group)
);

create index dead_letters_by_topic on platform.dead_letters (topic, dead_at);
