import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CLIENT_ASKS, type Database, type Queryable, statement } from '../../../postgres/database.ts';
import type { Event } from '../../event.ts';
import { parseLsn } from '../lsn.ts';
import { sayGoodbye } from './goodbye.ts';
import { storeBeginning } from './progress.ts';

const POLL_MS = 20;
const PAGE = 2_000;
const END_LIMIT_MS = 10_000;

export interface Place {
  readonly slot: string;
  readonly lsn: bigint;
}

const findRelay = statement(
  'platform.findRelay',
  `select relays.slot, relays.lsn::text as lsn, relays.seen::text as seen,
     slots.slot_name is not null and slots.wal_status is distinct from 'lost' as usable
   from platform.relays
   left join pg_replication_slots as slots on slots.slot_name = relays.slot and slots.database = current_database()
   where cluster = $1`,
);

const databaseName = statement(
  'platform.databaseIdentity',
  `select oid::text || ' ' || datname as identity
  from pg_database where datname = current_database()`,
);

// Whoever holds the relay's lock may end a connection that its dead holder has left behind.
const endReader = statement(
  'platform.endSlotReader',
  `select slot_name, active_pid, pg_terminate_backend(active_pid) from pg_replication_slots
   where slot_name = $1 and active_pid is not null`,
);

const dropSlot = statement(
  'platform.dropSlot',
  'select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1',
);

const readKept = statement(
  'platform.readKeptEvents',
  `select position, id, topic, name, key, payload, occurred_at as "occurredAt" from platform.outbox
   where position > $1 and ($2::pg_snapshot is null or not pg_visible_in_snapshot(transaction_id, $2::pg_snapshot))
   order by position limit $3`,
);

export interface SlotOptions {
  readonly database: Database;
  readonly cluster: string;
  /** Sends events in this order and resolves when the brokers have them. */
  readonly send: (events: readonly Event[], lsn: bigint) => Promise<void>;
  /** Aborted when the slot is no longer wanted. */
  readonly signal: AbortSignal;
  readonly onNewSlot: (reason: 'first' | 'lost', sent: number) => void;
}

/**
 * The slot to go on from. When there is none, or PostgreSQL has dropped what it kept for it, a new one is made and
 * everything that was committed before it and not yet sent is sent from the outbox itself.
 */
export async function openSlot({ database, cluster, send, signal, onNewSlot }: SlotOptions): Promise<Place> {
  const [found] = await database.query<{ slot: string; lsn: string; seen: string; usable: boolean }>(findRelay, [
    cluster,
  ]);
  const slot = found?.slot ?? (await nameSlot(database, cluster));
  await endReaders(database, slot);
  if (found?.usable) return { slot, lsn: parseLsn(found.lsn) };
  await database.query(dropSlot, [slot]);

  const client = new pg.Client({
    connectionString: database.url,
    application_name: 'starling event log relay slot',
    ...CLIENT_ASKS,
    // Known to the driver, but not to its types.
    ...({ replication: 'database' } as object),
  });
  // Whoever uses it next is told. Once the snapshot has been taken over nobody does.
  client.on('error', () => {});
  // A new slot waits for every transaction that is open: stopping does not.
  const giveUp = () => void sayGoodbye(client);
  try {
    await client.connect();
    signal.throwIfAborted();
    signal.addEventListener('abort', giveUp);
    const { rows } = await client.query<{ consistent_point: string; snapshot_name: string }>(
      `CREATE_REPLICATION_SLOT ${pg.escapeIdentifier(slot)} LOGICAL pgoutput (SNAPSHOT 'export')`,
    );
    const made = rows[0];
    if (!made) throw new Error('PostgreSQL made no replication slot.');
    const lsn = parseLsn(made.consistent_point);
    // The snapshot and the slot meet without a gap or an overlap.
    const sent = await database.transaction(
      async (transaction) => {
        await transaction.client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(made.snapshot_name)}`);
        const count = await sendKept(transaction, found?.seen ?? null, (events) => send(events, lsn));
        await storeBeginning(transaction, cluster, slot, made.consistent_point);
        return count;
      },
      { isolation: 'REPEATABLE READ' },
    );
    onNewSlot(found ? 'lost' : 'first', sent);
    return { slot, lsn };
  } finally {
    signal.removeEventListener('abort', giveUp);
    await sayGoodbye(client);
  }
}

async function nameSlot(database: Queryable, cluster: string): Promise<string> {
  const [row] = await database.query<{ identity: string }>(databaseName);
  const hash = createHash('sha256').update(`${row?.identity} ${cluster}`).digest('hex');
  return `starling_relay_${hash.slice(0, 24)}`;
}

async function endReaders(database: Queryable, slot: string): Promise<void> {
  const limit = performance.now() + END_LIMIT_MS;
  while ((await database.query(endReader, [slot])).length > 0) {
    if (performance.now() > limit) throw new Error(`Somebody does not let go of the replication slot ${slot}.`);
    await pause(POLL_MS);
  }
}

async function sendKept(
  reader: Queryable,
  seen: string | null,
  send: (events: readonly Event[]) => Promise<void>,
): Promise<number> {
  let position = '0';
  let sent = 0;
  for (;;) {
    const page = await reader.query<Event & { position: string }>(readKept, [position, seen, PAGE]);
    const last = page.at(-1);
    if (!last) return sent;
    await send(page);
    sent += page.length;
    position = last.position;
  }
}
