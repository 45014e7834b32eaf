import { type Queryable, statement } from '../postgres/database.ts';
import { type MeasuredRow, measureRows } from '../telemetry/measured-rows.ts';
import type { Registry } from '../telemetry/metrics.ts';

/** Where PostgreSQL keeps its log for a relay without a limit. */
const ALARM_WITHOUT_LIMIT_BYTES = 2 ** 30;

/** Beyond it a group is far behind, and by how much exactly is not worth the counting. */
const MOST_COUNTED = 100_000;

const countLetters = statement(
  'platform.countDeadLetters',
  `select topic, consumer_group as "group", count(*)::float8 as value from platform.dead_letters group by 1, 2`,
);

// A slot that PostgreSQL has dropped holds nothing back any more, and is as far behind as its relay.
const measureSlots = statement(
  'platform.measureRelaySlots',
  `select relays.slot, pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(slots.restart_lsn, relays.lsn))::float8 as value
   from platform.relays left join pg_replication_slots as slots on slots.slot_name = relays.slot`,
);

const measureAlarm = statement(
  'platform.measureRelayAlarm',
  `select case when setting::float8 >= 0 then setting::float8 * 1048576 / 2 else $1::float8 end as value
   from pg_settings where name = 'max_slot_wal_keep_size' and exists (select from platform.relays)`,
);

const countBehind = statement(
  'platform.countGroupLag',
  `select stored.consumer_group as "group", behind.value
   from platform.consumer_offsets as stored cross join lateral (
     select count(*)::float8 as value from (
       select from platform.outbox
       where topic = any(stored.topics) and transaction_id >= pg_snapshot_xmin(stored.seen)
         and not pg_visible_in_snapshot(transaction_id, stored.seen)
         and (stored.window_snapshot is null or position > stored.window_position
           or not pg_visible_in_snapshot(transaction_id, stored.window_snapshot))
       limit ${MOST_COUNTED}
     ) as counted
   ) as behind`,
);

/** What the database knows of the log, whichever processes take part. */
export function measureOutbox(registry: Registry, database: Queryable): void {
  measureRows(registry, {
    name: 'starling_event_log_dead_letters',
    help: 'Events that a consumer group has gone on without and nobody has replayed.',
    labelNames: ['topic', 'group'],
    read: () => database.query<MeasuredRow<'topic' | 'group'>>(countLetters),
  });
  measureRows(registry, {
    name: 'starling_event_log_held_back_bytes',
    help: 'Write-ahead log that PostgreSQL keeps for a relay to Kafka, or has dropped before it was relayed.',
    labelNames: ['slot'],
    read: () => database.query<MeasuredRow<'slot'>>(measureSlots),
  });
  measureRows(registry, {
    name: 'starling_event_log_held_back_alarm_bytes',
    help: 'From this much on somebody should look after Kafka: half of max_slot_wal_keep_size, or 1 GiB without one.',
    labelNames: [],
    read: () => database.query<MeasuredRow<never>>(measureAlarm, [ALARM_WITHOUT_LIMIT_BYTES]),
  });
  measureRows(registry, {
    name: 'starling_event_log_lag_events',
    help: `Events that a consumer group has still to read from the outbox, counted up to ${MOST_COUNTED}.`,
    labelNames: ['group'],
    read: () => database.query<MeasuredRow<'group'>>(countBehind),
  });
}

/** How far the groups of this process are behind on Kafka. */
export function measureKafka(registry: Registry, lags: () => Promise<readonly MeasuredRow<'group'>[]>): void {
  measureRows(registry, {
    name: 'starling_event_log_kafka_lag_events',
    help: 'Events that a consumer group of this process has still to read from Kafka.',
    labelNames: ['group'],
    read: lags,
  });
}
