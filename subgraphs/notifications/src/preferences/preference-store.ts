import { type Queryable, statement } from '@starling/platform/postgres';
import type { NotificationChannel, NotificationKind } from '../generated/types.ts';

export interface Preference {
  readonly kind: NotificationKind;
  readonly channel: NotificationChannel;
  readonly isEnabled: boolean;
}

/** What is not chosen is enabled. */
const listStatement = statement(
  'notifications.listPreferences',
  `SELECT kind, channel, coalesce(p.is_enabled, true) AS "isEnabled"
   FROM unnest(enum_range(NULL::notifications.kind)) WITH ORDINALITY AS kinds (kind, kind_place)
   CROSS JOIN unnest(enum_range(NULL::notifications.channel)) WITH ORDINALITY AS channels (channel, channel_place)
   LEFT JOIN (SELECT * FROM notifications.preferences WHERE user_id = $1::bigint) p USING (kind, channel)
   ORDER BY kind_place, channel_place`,
);

const setStatement = statement(
  'notifications.setPreference',
  `INSERT INTO notifications.preferences (user_id, kind, channel, is_enabled) VALUES ($1, $2, $3, $4)
   ON CONFLICT (user_id, kind, channel) DO UPDATE SET is_enabled = excluded.is_enabled`,
);

/** One for each kind and channel. */
export async function listPreferences(database: Queryable, userId: string): Promise<Preference[]> {
  return database.query(listStatement, [userId]);
}

export async function setPreference(database: Queryable, userId: string, preference: Preference): Promise<void> {
  const { kind, channel, isEnabled } = preference;
  await database.query(setStatement, [userId, kind, channel, isEnabled]);
}
