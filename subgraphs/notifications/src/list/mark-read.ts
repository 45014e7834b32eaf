import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { type Database, statement } from '@starling/platform/postgres';
import { lockOutAnnouncements } from '../entries/entry-store.ts';

// Reading what is older does not make unread what was read.
const markStatement = statement(
  'notifications.markRead',
  `WITH known AS (
     SELECT id FROM notifications.entries WHERE id = $2::bigint AND recipient_id = $1::bigint
   ), marked AS (
     INSERT INTO notifications.read_marks AS mark (user_id, up_to, marked_at)
     SELECT $1::bigint, id, clock_timestamp() FROM known
     ON CONFLICT (user_id) DO UPDATE
     SET up_to = greatest(mark.up_to, excluded.up_to), marked_at = excluded.marked_at
   ), arrived AS (
     UPDATE notifications.entries e SET late = false FROM known
     WHERE e.recipient_id = $1::bigint AND e.late AND e.id <= known.id
   )
   SELECT id FROM known`,
);

export interface MarkRead {
  readonly viewerId: string;
  readonly upTo: string;
}

/**
 * Marks a notification and all that are older. For who knows that the copies are up to date. Nothing is announced meanwhile,
 * so that whatever is announced later finds the mark, and is unread whatever its place.
 */
export async function markRead(database: Database, { viewerId, upTo }: MarkRead): Promise<Outcome<null>> {
  return database.transaction(async (transaction) => {
    await lockOutAnnouncements(transaction);
    const rows = await transaction.query(markStatement, [viewerId, upTo]);
    return rows.length > 0 ? done(null) : refused(userError('NOT_FOUND', 'You have no such notification.', 'upTo'));
  });
}
