import { type Queryable, statement } from '../../postgres/database.ts';
import type { Event } from '../event.ts';
import type { Offset, Window } from './offset.ts';

/** Events that are handed over at once, at most, where a consumer does not say. */
export const BATCH = 1_000;

export interface Batch {
  readonly events: readonly Event[];
  /** Where the group is once they are handled; null when there was nothing. */
  readonly next: Offset | null;
  /** True when its window was opened for it: it begins with what is committed now. */
  readonly opensWindow: boolean;
  /** The window's snapshot when the batch ends it: everything that is visible in it is then handled; null when it goes on. */
  readonly endsAt: string | null;
  /** Of the events; undefined where it is not read. */
  readonly transactions: readonly string[] | undefined;
}

const COLUMNS = 'position, id, topic, name, key, payload, occurred_at as "occurredAt", transaction_id as "transaction"';

/**
 * What a statement sees beyond a snapshot: rows of transactions that began after it, and of those that were then under
 * way. A statement sees what is visible in its own `pg_current_snapshot()`, so the two go together.
 */
const beyond = (columns: string, limit = '') => `(
    select ${columns} from platform.outbox
    where topic = any($1::text[]) and transaction_id >= pg_snapshot_xmax($2::pg_snapshot) ${limit}
  ) union all (
    select ${columns} from platform.outbox
    where topic = any($1::text[]) and transaction_id = any(array(select pg_snapshot_xip($2::pg_snapshot))) ${limit}
  )`;

const openSmallWindow = statement(
  'platform.openSmallWindow',
  `select pg_current_snapshot()::text as snapshot, fresh.*
   from (values (1)) as always
   left join lateral (${beyond(COLUMNS, 'limit $3')} limit $3) as fresh on true
   order by position`,
);

const openLargeWindow = statement(
  'platform.openLargeWindow',
  `select pg_current_snapshot()::text as snapshot, min(position) - 1 as position, max(position) as end
   from (${beyond('position')}) as fresh`,
);

// The concatenation keeps the planner off the index by topic, which would have to sort the whole window for every page.
const readWindow = statement(
  'platform.readWindow',
  `select ${COLUMNS} from platform.outbox
   where position > $1 and position <= $2 and topic || '' = any($3::text[])
     and not pg_visible_in_snapshot(transaction_id, $4::pg_snapshot)
     and pg_visible_in_snapshot(transaction_id, $5::pg_snapshot)
   order by position limit $6`,
);

interface EventRow extends Event {
  readonly position: string;
  readonly transaction?: string;
}

/** A row of a window that was opened; of an empty one there is one row, without an event. */
export type FreshRow = { readonly snapshot: string } & (EventRow | { readonly position: null });

function toEvent({ id, topic, name, key, payload, occurredAt }: EventRow): Event {
  return { id, topic, name, key, payload, occurredAt };
}

function transactionsOf(rows: readonly EventRow[]): string[] | undefined {
  const transactions = new Set<string>();
  for (const { transaction } of rows) {
    if (transaction === undefined) return undefined;
    transactions.add(transaction);
  }
  return [...transactions];
}

/** The next events of a group, `most` of them. Opens a window when none is open, in one statement when it is small. */
export async function readBatch(
  reader: Queryable,
  topics: readonly string[],
  { seen, window }: Offset,
  most: number,
): Promise<Batch> {
  if (window) return readPage(reader, topics, seen, window, most);
  return batchOf(await reader.query<FreshRow>(openSmallWindow, [topics, seen, most + 1]), reader, topics, seen, most);
}

/** Of what was found beyond `seen`, up to one row more than the `most` that a batch holds. */
export async function batchOf(
  rows: readonly FreshRow[],
  reader: Queryable,
  topics: readonly string[],
  seen: string,
  most: number,
): Promise<Batch> {
  const [first] = rows;
  if (!first) throw new Error('A window without a snapshot.');
  const { snapshot } = first;
  if (first.position === null) {
    return { events: [], next: null, opensWindow: true, endsAt: snapshot, transactions: [] };
  }
  if (rows.length <= most) {
    const fresh = rows as readonly EventRow[];
    return {
      events: fresh.map(toEvent),
      next: { seen: snapshot, window: null },
      opensWindow: true,
      endsAt: snapshot,
      transactions: transactionsOf(fresh),
    };
  }
  const [large] = await reader.query<Window>(openLargeWindow, [topics, seen]);
  if (!large) throw new Error('A window without a snapshot.');
  return { ...(await readPage(reader, topics, seen, large, most)), opensWindow: true };
}

async function readPage(
  reader: Queryable,
  topics: readonly string[],
  seen: string,
  { snapshot, position, end }: Window,
  most: number,
): Promise<Batch> {
  const rows = await reader.query<EventRow>(readWindow, [position, end, topics, seen, snapshot, most]);
  const last = rows.at(-1);
  const endsWindow = rows.length < most || last?.position === end;
  return {
    events: rows.map(toEvent),
    next:
      endsWindow || !last
        ? { seen: snapshot, window: null }
        : { seen, window: { snapshot, position: last.position, end } },
    opensWindow: false,
    endsAt: endsWindow ? snapshot : null,
    transactions: transactionsOf(rows),
  };
}
