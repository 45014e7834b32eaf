import { type Queryable, statement } from '@starling/platform/postgres';
import type { NotificationChannel, NotificationKind } from '../generated/types.ts';
import { ARRIVES_UNASKED } from '../visibility/permitted.ts';

export interface Preference {
  readonly kind: NotificationKind;
  readonly channel: NotificationChannel;
  readonly isEnabled: boolean;
}

const UNASKED = Object.entries(ARRIVES_UNASKED)
  .map(([channel, arrives]) => `WHEN '${channel}' THEN ${arrives}`)
  .join(' ');

const listStatement = statement(
  'notifications.listPreferences',
  `SELECT kind, channel, coalesce(p.is_enabled, CASE channel ${UNASKED} END) AS "isEnabled"
   FROM unnest(enum_range(NULL::notifications.kind)) WITH ORDINALITY AS kinds (kind, kind_place)
   CROSS JOIN unnest(enum_range(NULL::notifications.channel)) WITH ORDINALITY AS channels (channel, channel_place)
   LEFT JOIN (SELECT * FROM notifications.preferences WHERE user_id = $1::bigint) p USING (kind, channel)
   ORDER BY kind_place, channel_place`,
);

const setStatement = statement(
  'notifications.setPreference',
  `WITH chosen AS (
     INSERT INTO notifications.preferences (user_id, kind, channel, is_enabled) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id, kind, channel) DO UPDATE SET is_enabled = excluded.is_enabled, changed_at = excluded.changed_at
     RETURNING user_id, channel, is_enabled
   )
   INSERT INTO notifications.digests (user_id, due_at)
   SELECT user_id, $5 FROM chosen WHERE channel = 'EMAIL' AND is_enabled
   ON CONFLICT DO NOTHING`,
);

/** One for each kind and channel. */
export async function listPreferences(database: Queryable, userId: string): Promise<Preference[]> {
  return database.query(listStatement, [userId]);
}

/** Whoever asks for email for the first time gets the first digest at `firstDigestAt`. */
export async function setPreference(
  database: Queryable,
  userId: string,
  { kind, channel, isEnabled }: Preference,
  firstDigestAt: Date,
): Promise<void> {
  await database.query(setStatement, [userId, kind, channel, isEnabled, firstDigestAt]);
}
