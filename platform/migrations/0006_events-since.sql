-- Events that are committed and not visible in `since`, as the statement that asks sees them, and whether the group has marked
-- them as handled; without `since`, those beyond the group's offset. One that was sent again comes again. At most `most` are
-- looked at, marked ones included: who gets as many may have missed some.
-- Walks an index from a known place, whatever statistics a young or a full table has.
-- `events_to_come` is for processes of a version before this one.
create function platform.events_since(of_group text, of_topics text[], since pg_snapshot, most integer)
  returns table (id uuid, name text, key text, payload jsonb, handled boolean)
  language plpgsql stable rows 10
  set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
declare
  here pg_snapshot := coalesce(
    since, (select seen from platform.consumer_offsets where consumer_group = of_group), '1:1:'::pg_snapshot);
begin
  return query
    select event.id, event.name, event.key, event.payload, exists (
      select from platform.handled_events as known where known.event_id = event.id and known.consumer_group = of_group)
    from (
      (select * from platform.outbox
        where topic = any(of_topics) and transaction_id >= pg_snapshot_xmax(here) limit most)
      union all
      (select * from platform.outbox
        where topic = any(of_topics) and transaction_id = any(array(select pg_snapshot_xip(here))) limit most)
    ) as event
    limit most;
end
$$;
