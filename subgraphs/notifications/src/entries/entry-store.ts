import { type Queryable, statement } from '@starling/platform/postgres';
import { actsOfEntry, isOpen } from '../visibility/permitted.ts';
import type { EntryKey, WantedEntry } from './entry.ts';

const KEYS = `unnest($1::bigint[], $2::notifications.kind[], $3::bigint[], $4::bigint[])
  AS key (recipient_id, kind, subject_id, part)`;
const IS_OF_KEY = `e.recipient_id = key.recipient_id AND e.kind = key.kind AND e.subject_id = key.subject_id
  AND e.part = key.part`;
const KEY_COLUMNS = `key.recipient_id AS "recipientId", key.kind, key.subject_id AS "subjectId", key.part`;

function columns(keys: readonly EntryKey[]): unknown[] {
  return [
    keys.map(({ recipientId }) => recipientId),
    keys.map(({ kind }) => kind),
    keys.map(({ subjectId }) => subjectId),
    keys.map(({ part }) => part),
  ];
}

// What has been undone counts for when it began, too: a place in the list does not move because somebody thinks better of it.
// The beginning of a milestone is given.
const listPlacesStatement = statement(
  'notifications.listPlaces',
  `SELECT wanted.*, e.began_ms AS "knownMs", e.announced
   FROM (
     SELECT ${KEY_COLUMNS}, coalesce(key.began_ms, (
       SELECT a.at_ms FROM ${actsOfEntry('key', 'a')} AND a.actor_id <> key.recipient_id
       ORDER BY a.at_ms, a.actor_id LIMIT 1)) AS "beganMs"
     FROM unnest($1::bigint[], $2::notifications.kind[], $3::bigint[], $4::bigint[], $5::bigint[])
       AS key (recipient_id, kind, subject_id, part, began_ms)
     WHERE key.began_ms IS NOT NULL OR (
       SELECT true FROM ${actsOfEntry('key', 'a')} AND a.stands AND a.actor_id <> key.recipient_id LIMIT 1) IS NOT NULL
   ) wanted
   LEFT JOIN notifications.entries e ON e.recipient_id = wanted."recipientId" AND e.kind = wanted.kind
     AND e.subject_id = wanted."subjectId" AND e.part = wanted.part`,
);

const removeStatement = statement(
  'notifications.removeEntries',
  `DELETE FROM notifications.entries e USING ${KEYS} WHERE ${IS_OF_KEY}
   RETURNING ${KEY_COLUMNS}, e.late OR e.id > coalesce(
     (SELECT m.up_to FROM notifications.read_marks m WHERE m.user_id = e.recipient_id), 0) AS "isUnread"`,
);

const addStatement = statement(
  'notifications.addEntries',
  `INSERT INTO notifications.entries (recipient_id, kind, subject_id, part, id, began_ms, announced, late)
   SELECT * FROM unnest($1::bigint[], $2::notifications.kind[], $3::bigint[], $4::bigint[], $5::bigint[],
     $6::bigint[], $7::bigint[], $8::boolean[])
   ON CONFLICT DO NOTHING
   RETURNING recipient_id AS "recipientId", kind, subject_id AS "subjectId", part`,
);

/**
 * Those that are to be shown for the first time are numbered in the order of the list. One of them may be older than what
 * its recipient has read in the last minutes, because its event was committed only now: then it is unread all the same. The
 * bound keeps what was read long ago from being unread again when everything is built anew.
 */
const announceStatement = statement(
  'notifications.announce',
  `WITH due AS MATERIALIZED (
     SELECT e.id, e.recipient_id,
       coalesce((SELECT max(a.at_ms) FROM ${actsOfEntry('e', 'a')}), e.began_ms) AS newest_ms
     FROM ${KEYS} JOIN notifications.entries e ON ${IS_OF_KEY}
     WHERE e.announced IS NULL AND ${isOpen('e')}
     ORDER BY e.id
   ), numbered AS MATERIALIZED (
     SELECT due.id, nextval('notifications.announcements') AS announced, EXISTS (
       SELECT FROM notifications.read_marks m
       WHERE m.user_id = due.recipient_id AND m.up_to >= due.id
         AND m.marked_at < to_timestamp(due.newest_ms / 1000.0) + interval '5 minutes') AS late
     FROM due
   )
   UPDATE notifications.entries e SET announced = numbered.announced, late = numbered.late
   FROM numbered WHERE e.id = numbered.id
   RETURNING e.announced`,
);

const lockAnnouncementsStatement = statement(
  'notifications.lockAnnouncements',
  `SELECT pg_advisory_xact_lock(hashtext('notifications.announcements'))`,
);

const lockOutAnnouncementsStatement = statement(
  'notifications.lockOutAnnouncements',
  `SELECT pg_advisory_xact_lock_shared(hashtext('notifications.announcements'))`,
);

/** Where an entry belongs, and what is known of it. */
export interface Place extends WantedEntry {
  /** When it began by what was known before; null for an entry that there is not yet. */
  readonly knownMs: string | null;
  readonly announced: string | null;
}

export interface NewEntry extends WantedEntry {
  readonly id: string;
  readonly announced: string | null;
  /** Unread wherever it stands. */
  readonly late: boolean;
}

/**
 * Held until the end of the transaction, whoever else announces meanwhile: the numbers of announcements then grow in the
 * order of commits. Taken before the first of them.
 */
export async function lockAnnouncements(transaction: Queryable): Promise<void> {
  await transaction.query(lockAnnouncementsStatement);
}

/** Held until the end of the transaction: nothing is announced meanwhile. Who holds it does not keep others from holding it. */
export async function lockOutAnnouncements(transaction: Queryable): Promise<void> {
  await transaction.query(lockOutAnnouncementsStatement);
}

/** The places of milestones, and of those keys that have an act that stands. */
export async function listPlaces(
  transaction: Queryable,
  keys: readonly (EntryKey & { readonly beganMs?: string })[],
): Promise<Place[]> {
  return transaction.query(listPlacesStatement, [...columns(keys), keys.map(({ beganMs }) => beganMs ?? null)]);
}

/** Answers which of them were unread. */
export async function removeEntries(transaction: Queryable, keys: readonly EntryKey[]): Promise<EntryKey[]> {
  const removed = await transaction.query<EntryKey & { isUnread: boolean }>(removeStatement, columns(keys));
  return removed.filter(({ isUnread }) => isUnread);
}

/** Answers those whose ids were not taken, neither by another entry nor by one of these. */
export async function addEntries(transaction: Queryable, entries: readonly NewEntry[]): Promise<EntryKey[]> {
  return transaction.query(addStatement, [
    ...columns(entries),
    entries.map(({ id }) => id),
    entries.map(({ beganMs }) => beganMs),
    entries.map(({ announced }) => announced),
    entries.map(({ late }) => late),
  ]);
}

/** Answers the numbers of those that are announced by this. */
export async function announce(transaction: Queryable, keys: readonly EntryKey[]): Promise<string[]> {
  const rows = await transaction.query<{ announced: string }>(announceStatement, columns(keys));
  return rows.map(({ announced }) => announced);
}
