import { type Queryable, statement } from '@starling/platform/postgres';
import { NOBODY } from '../acts/act.ts';
import type { EntryKind } from '../entries/entry.ts';
import { actsOfEntry, isOpen, isWanted, permitted, tweetOf } from '../visibility/permitted.ts';

/** Unread ones at most: what is older than so many counts as read. */
export const MOST_UNREAD = 1_000;
const SAMPLE = 3;

/** A notification as its recipient may see it at this moment. */
export interface Notification {
  readonly id: string;
  readonly kind: EntryKind;
  /** Null when it is about no tweet. */
  readonly tweetId: string | null;
  /** Unix milliseconds. */
  readonly createdMs: string;
  readonly updatedMs: string;
  readonly isRead: boolean;
  readonly actorIds: readonly string[];
  readonly actorCount: string;
  readonly milestone: string | null;
}

/** The viewer is $1 in all that follows. */
const shown = (entry: string): string => `${isWanted(entry, 'IN_APP')} AND ${isOpen(entry)}`;

/** All that is unread, of all kinds: what is newer than the mark, and what came late. */
const UNREAD = `
  mark AS MATERIALIZED (
    SELECT coalesce((SELECT up_to FROM notifications.read_marks WHERE user_id = $1::bigint), 0) AS up_to
  ), unread AS MATERIALIZED (
    SELECT id, kind FROM (
      (SELECT e.id, e.kind FROM notifications.entries e
       WHERE e.recipient_id = $1::bigint AND e.id > (SELECT up_to FROM mark) AND ${shown('e')}
       ORDER BY e.id DESC LIMIT ${MOST_UNREAD})
      UNION ALL
      (SELECT e.id, e.kind FROM notifications.entries e
       WHERE e.recipient_id = $1::bigint AND e.late AND e.id <= (SELECT up_to FROM mark) AND ${shown('e')}
       ORDER BY e.id DESC LIMIT ${MOST_UNREAD})
    ) newest ORDER BY id DESC LIMIT ${MOST_UNREAD}
  )`;

/** What an entry `e` comes to for this viewer, together with `doneIn`. */
export const toldOf = (viewer: string): string => `
  e.id, e.kind, ${tweetOf('e')} AS "tweetId", e.began_ms AS "createdMs",
  coalesce(done."updatedMs", e.began_ms) AS "updatedMs",
  ARRAY(
    SELECT a.actor_id::text FROM ${actsOfEntry('e', 'a')} AND ${permitted(viewer, 'a')} AND a.actor_id <> ${NOBODY}
    ORDER BY a.at_ms DESC, a.actor_id DESC LIMIT ${SAMPLE}) AS "actorIds",
  CASE e.kind WHEN 'MILESTONE' THEN e.part WHEN 'MODERATION' THEN 0 ELSE done.count END AS "actorCount",
  CASE e.kind WHEN 'MILESTONE' THEN e.part END AS milestone`;

export const doneIn = (viewer: string): string => `LATERAL (
    SELECT count(*) AS count, max(a.at_ms) AS "updatedMs" FROM ${actsOfEntry('e', 'a')} AND ${permitted(viewer, 'a')}
  ) done`;

const VIEWER = '$1::bigint';
const NOTIFICATION = `${toldOf(VIEWER)}, NOT EXISTS (SELECT FROM unread WHERE unread.id = e.id) AS "isRead"`;
const DONE = doneIn(VIEWER);

const list = (name: string, order: 'ASC' | 'DESC') =>
  statement(
    name,
    // The page and the count are of one moment. The count has a row even where the page has none.
    `WITH ${UNREAD}, page AS MATERIALIZED (
       SELECT e.* FROM notifications.entries e
       WHERE e.recipient_id = $1::bigint AND e.id < $2::bigint AND e.id > $3::bigint
         AND ($4::notifications.kind[] IS NULL OR e.kind = ANY($4::notifications.kind[])) AND ${shown('e')}
       ORDER BY e.id ${order} LIMIT $5::int
     ), counted AS (
       SELECT count(*)::int AS "unreadCount" FROM unread
       WHERE $4::notifications.kind[] IS NULL OR kind = ANY($4::notifications.kind[])
     ), told AS (
       SELECT ${NOTIFICATION} FROM page e CROSS JOIN ${DONE}
     )
     SELECT counted."unreadCount", told.* FROM counted LEFT JOIN told ON true ORDER BY told.id ${order}`,
  );

const statements = {
  forward: list('notifications.listNotifications', 'DESC'),
  backward: list('notifications.listNewerNotifications', 'ASC'),
};

const get = (name: string, key: 'id' | 'announced') =>
  statement(
    name,
    `WITH ${UNREAD}
     SELECT (SELECT count(*)::int FROM unread) AS "unreadCount", e.announced, ${NOTIFICATION}
     FROM notifications.entries e CROSS JOIN ${DONE}
     WHERE e.${key} = ANY($2::bigint[]) AND e.recipient_id = $1::bigint AND ${shown('e')}`,
  );

const getByIdsStatement = get('notifications.getNotificationsByIds', 'id');
const getByAnnouncementsStatement = get('notifications.getNotificationsByAnnouncements', 'announced');

const countUnreadStatement = statement(
  'notifications.countUnread',
  `WITH ${UNREAD} SELECT count(*)::int AS "unreadCount" FROM unread`,
);

/** A stretch of a viewer's list, strictly between two places. */
export interface ListPart {
  readonly viewerId: string;
  readonly direction: 'forward' | 'backward';
  /** Only what is older than this; null for no bound. */
  readonly olderThan: string | null;
  readonly newerThan: string | null;
  /** Null for all. */
  readonly kinds: readonly string[] | null;
  readonly limit: number;
}

export interface Counted {
  readonly unreadCount: number;
}

export interface FoundNotifications extends Counted {
  readonly notifications: readonly Notification[];
}

/** Newer than everything: no id is as large. */
const NEWEST = ((1n << 63n) - 1n).toString();

/** In the order of reading: forwards to older ones. */
export async function listNotifications(database: Queryable, part: ListPart): Promise<FoundNotifications> {
  const { viewerId, direction, olderThan, newerThan, kinds, limit } = part;
  const rows = await database.query<Counted & (Notification | { readonly id: null })>(statements[direction], [
    viewerId,
    olderThan ?? NEWEST,
    newerThan ?? '0',
    kinds,
    limit,
  ]);
  return {
    unreadCount: rows[0]?.unreadCount ?? 0,
    notifications: rows.filter((row): row is Counted & Notification => row.id !== null),
  };
}

/** Those of the viewer's that are shown at this moment, each with how many are unread in the same moment. */
export async function getNotificationsByIds(
  database: Queryable,
  viewerId: string,
  ids: readonly string[],
): Promise<(Notification & Counted)[]> {
  return database.query(getByIdsStatement, [viewerId, ids]);
}

/** The same by the numbers under which they were announced. */
export async function getNotificationsByAnnouncements(
  database: Queryable,
  viewerId: string,
  announcements: readonly string[],
): Promise<(Notification & Counted & { readonly announced: string })[]> {
  return database.query(getByAnnouncementsStatement, [viewerId, announcements]);
}

/** Of all kinds. */
export async function countUnread(database: Queryable, viewerId: string): Promise<number> {
  const [row] = await database.query<Counted>(countUnreadStatement, [viewerId]);
  return row?.unreadCount ?? 0;
}
