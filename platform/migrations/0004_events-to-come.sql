-- Events that a group has still to turn into an effect, as the statement that asks sees them: with what the group has already
-- made of the others, which that statement sees as well, they are the whole. At most `most` events beyond the group's offset
-- are looked at, those included that it has handled since (`handled`): who gets as many may have missed some.
-- Walks an index from a known place, whatever statistics a young or a full table has.
create function platform.events_to_come(of_group text, of_topics text[], most integer)
  returns table (name text, key text, payload jsonb, handled boolean)
  language plpgsql stable rows 10
  set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
declare
  here pg_snapshot := coalesce(
    (select seen from platform.consumer_offsets where consumer_group = of_group), '1:1:'::pg_snapshot);
begin
  return query
    select distinct on (event.id) event.name, event.key, event.payload, exists (
      select from platform.handled_events as known where known.event_id = event.id and known.consumer_group = of_group)
    from (
      (select * from platform.outbox
        where topic = any(of_topics) and transaction_id >= pg_snapshot_xmax(here) limit most)
      union all
      (select * from platform.outbox
        where topic = any(of_topics) and transaction_id = any(array(select pg_snapshot_xip(here))) limit most)
    ) as event
    order by event.id
    limit most;
end
$$;
