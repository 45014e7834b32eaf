import { EnvironmentError } from '../../../environment/read-environment.ts';
import { type Queryable, statement } from '../../../postgres/database.ts';

/** What keeps a database from feeding Kafka, in sentences for the person who set the variables. */
export class RelayRequirementError extends EnvironmentError {
  override readonly name = 'RelayRequirementError';
}

const OLDEST = 17;

export interface RelayGround {
  readonly version: string;
  readonly major: number;
  readonly walLevel: string;
  readonly user: string;
  readonly mayReplicate: boolean;
  /** Has the relay a slot, or can one be made for it? */
  readonly hasRoom: boolean;
  readonly maxReplicationSlots: string;
  readonly maxWalSenders: string;
  /** Null when PostgreSQL would keep its log for a relay until the disk is full. */
  readonly keepSizeBytes: number | null;
}

const look = statement(
  'platform.lookAtRelayGround',
  `select current_setting('server_version') as version,
     current_setting('server_version_num')::int / 10000 as major,
     current_setting('wal_level') as "walLevel",
     current_user as "user",
     (select rolsuper or rolreplication from pg_roles where rolname = current_user) as "mayReplicate",
     exists (select from pg_replication_slots where slot_name = any(array(select slot from platform.relays)))
       or (select count(*) from pg_replication_slots) < current_setting('max_replication_slots')::int as "hasRoom",
     current_setting('max_replication_slots') as "maxReplicationSlots",
     current_setting('max_wal_senders') as "maxWalSenders",
     (select case when setting::float8 >= 0 then setting::float8 * 1048576 end
      from pg_settings where name = 'max_slot_wal_keep_size') as "keepSizeBytes"`,
);

/** What is wrong, and what to do about it. */
export function wantingFor(ground: RelayGround): string[] {
  const { version, major, walLevel, user, mayReplicate, hasRoom, maxReplicationSlots, maxWalSenders } = ground;
  const wanting: string[] = [];
  if (major < OLDEST) {
    wanting.push(`It is version ${version}; version ${OLDEST} or newer is needed.`);
  }
  if (walLevel !== 'logical') {
    wanting.push(`It has wal_level=${walLevel}: set wal_level=logical there, and restart it.`);
  }
  if (!mayReplicate) {
    wanting.push(`Its user ${user} may not replicate: ALTER ROLE "${user}" REPLICATION.`);
  }
  if (!hasRoom) {
    wanting.push(`All of its replication slots are taken: raise max_replication_slots=${maxReplicationSlots} there.`);
  }
  if (maxWalSenders === '0') wanting.push('It has max_wal_senders=0: raise it there.');
  return wanting;
}

/**
 * Looks whether a migrated database can feed a relay to Kafka.
 *
 * @throws RelayRequirementError
 */
export async function checkRelayGround(database: Queryable): Promise<RelayGround> {
  const [ground] = await database.query<RelayGround>(look);
  if (!ground) throw new Error('The database did not tell of itself.');
  const wanting = wantingFor(ground);
  if (wanting.length === 0) return ground;
  throw new RelayRequirementError(
    [
      'The PostgreSQL at DATABASE_URL cannot feed the Kafka at KAFKA_BROKERS.',
      ...wanting,
      'Or unset KAFKA_BROKERS: events then stay in PostgreSQL.',
    ].join('\n'),
  );
}

const countLeftBehind = statement(
  'platform.countRelaysLeftBehind',
  `select count(*)::int as relays from platform.relays
   where not exists (select from pg_replication_slots where slot_name = relays.slot and active)`,
);

/** Whether events and write-ahead log are kept for a relay that nobody runs at this moment. */
export async function isRelayLeftBehind(database: Queryable): Promise<boolean> {
  const [row] = await database.query<{ relays: number }>(countLeftBehind);
  return row !== undefined && row.relays > 0;
}
