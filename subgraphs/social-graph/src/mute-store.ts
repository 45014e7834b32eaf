import { type Queryable, statement } from '@starling/platform/postgres';

export interface Mute {
  readonly muterId: string;
  readonly mutedId: string;
  /** Null for a mute that does not end by itself. */
  readonly until: Date | null;
  readonly onlyRetweets: boolean;
}

// A mute that has ended counts as none: muting anew puts it on top of the list; changing one that holds leaves its place.
const putMuteStatement = statement(
  'social-graph.putMute',
  `INSERT INTO social_graph.mutes AS mute (muter_id, muted_id, until, only_retweets) VALUES ($1, $2, $3, $4)
   ON CONFLICT (muter_id, muted_id) DO UPDATE SET
     until = excluded.until,
     only_retweets = excluded.only_retweets,
     position = CASE WHEN mute.until <= now() THEN excluded.position ELSE mute.position END,
     muted_at = CASE WHEN mute.until <= now() THEN excluded.muted_at ELSE mute.muted_at END
   WHERE (mute.until, mute.only_retweets) IS DISTINCT FROM (excluded.until, excluded.only_retweets)
   RETURNING muted_id`,
);

const removeMuteStatement = statement(
  'social-graph.removeMute',
  'DELETE FROM social_graph.mutes WHERE muter_id = $1 AND muted_id = $2 RETURNING muted_id',
);

/** True when something changed: a new mute, or another end or extent of one. */
export async function putMute(database: Queryable, mute: Mute): Promise<boolean> {
  const values = [mute.muterId, mute.mutedId, mute.until, mute.onlyRetweets];
  return (await database.query(putMuteStatement, values)).length > 0;
}

/** True when there was such a mute, ended by itself or not. */
export async function removeMute(database: Queryable, muterId: string, mutedId: string): Promise<boolean> {
  return (await database.query(removeMuteStatement, [muterId, mutedId])).length > 0;
}
