-- Takes a group's turn, waiting for it if need be, and answers its offset with the first events beyond it when no window is
-- open: one row at least, whose event may be null; none when the group has no offset. The turn is an advisory lock of the session,
-- and is given back by `platform.end_turn`. What is read is read after the lock was taken, as a function that is volatile has a new
-- snapshot for each of its statements: nobody has moved the offset since.
create function platform.take_turn(of_group text, of_topics text[], most integer)
  returns table (seen text, window_snapshot text, window_position bigint, window_end bigint, snapshot text,
    "position" bigint, id uuid, topic text, name text, key text, payload jsonb, occurred_at timestamptz)
  language plpgsql volatile
as $$
begin
  perform pg_advisory_lock(hashtextextended('platform.turn ' || of_group, 0));
  return query
    select stored.seen::text, stored.window_snapshot::text, stored.window_position, stored.window_end,
      pg_current_snapshot()::text, fresh.position, fresh.id, fresh.topic, fresh.name, fresh.key, fresh.payload,
      fresh.occurred_at
    from (
      select *, case when consumer_offsets.window_snapshot is null then consumer_offsets.seen end as opens_from
      from platform.consumer_offsets where consumer_group = of_group
    ) as stored
    left join lateral (
      (select outbox.* from platform.outbox
        where outbox.topic = any(of_topics) and transaction_id >= pg_snapshot_xmax(opens_from) limit most)
      union all
      (select outbox.* from platform.outbox
        where outbox.topic = any(of_topics) and transaction_id = any(array(select pg_snapshot_xip(opens_from))) limit most)
      limit most
    ) as fresh on true
    order by fresh.position;
end
$$;

create function platform.end_turn(of_group text) returns boolean
  language sql volatile
as $$
  select pg_advisory_unlock(hashtextextended('platform.turn ' || of_group, 0));
$$;
