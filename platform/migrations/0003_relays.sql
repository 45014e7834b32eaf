-- How far the outbox has been sent to a Kafka cluster (docs/adr/0008): the cluster has acknowledged everything that was
-- committed before `lsn`, and everything visible in `seen`. The slot keeps what comes after `lsn`.
create table platform.relays (
  cluster text primary key,
  slot text not null,
  lsn pg_lsn not null,
  seen pg_snapshot not null
) with (fillfactor = 50);

create publication starling_outbox for table platform.outbox with (publish = 'insert');
