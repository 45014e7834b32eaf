/**
 * The rules of the home timeline, as pieces of SQL that every statement shares: reads, fan-out and live updates.
 * `viewer` is an expression for the viewer's id; `entry` is an alias with the columns of `timeline.entries`.
 */

/** The viewer did it, or follows who did. */
export function followed(viewer: string, entry: string): string {
  return `(${entry}.actor_id = ${viewer} OR EXISTS (
    SELECT FROM timeline.follows f WHERE f.follower_id = ${viewer} AND f.followee_id = ${entry}.actor_id))`;
}

/** Of what the viewer and followed accounts did, what belongs into the home: all but answers to accounts not followed. */
export function belongs(viewer: string, entry: string): string {
  return `(${entry}.kind = 'retweet' OR ${entry}.reply_to_tweet_id IS NULL
    OR ${viewer} IN (${entry}.actor_id, ${entry}.reply_to_author_id)
    OR ${entry}.reply_to_author_id = ${entry}.author_id
    OR EXISTS (
      SELECT FROM timeline.follows f WHERE f.follower_id = ${viewer} AND f.followee_id = ${entry}.reply_to_author_id))`;
}

/** No block stands between the viewer and who did it or who wrote it. */
export function unblocked(viewer: string, entry: string): string {
  return `(NOT EXISTS (
      SELECT FROM timeline.blocks b
      WHERE b.blocker_id = ${viewer} AND b.blocked_id IN (${entry}.actor_id, ${entry}.author_id))
    AND NOT EXISTS (
      SELECT FROM timeline.blocks b
      WHERE b.blocked_id = ${viewer} AND b.blocker_id IN (${entry}.actor_id, ${entry}.author_id)))`;
}

/**
 * The account is not protected from the viewer; from a viewer that is null, all protected ones are. The scalar subquery is a
 * probe of the primary key for each entry: as a plain NOT EXISTS, the planner could read all protected accounts instead.
 */
export function open(viewer: string, account: string): string {
  return `((SELECT true FROM timeline.protected_accounts p WHERE p.user_id = ${account}) IS NULL
    OR ${account} IS NOT DISTINCT FROM ${viewer}
    OR EXISTS (SELECT FROM timeline.follows f WHERE f.follower_id = ${viewer} AND f.followee_id = ${account}))`;
}

/** The viewer may see it at all: neither a block nor a protected account is in the way; deletion is apart. */
export function visible(viewer: string, entry: string): string {
  return `(${unblocked(viewer, entry)} AND ${open(viewer, `${entry}.author_id`)}
    AND (${entry}.kind = 'tweet' OR ${open(viewer, `${entry}.actor_id`)}))`;
}

/** The viewer mutes neither who did it nor who wrote it; a mute of retweets alone hides what that account retweeted. */
export function unmuted(viewer: string, entry: string): string {
  return `NOT EXISTS (
    SELECT FROM timeline.mutes m
    WHERE m.muter_id = ${viewer} AND m.muted_id IN (${entry}.actor_id, ${entry}.author_id)
      AND (m.until IS NULL OR m.until > now())
      AND (NOT m.only_retweets OR (${entry}.kind = 'retweet' AND m.muted_id = ${entry}.actor_id)))`;
}

/** Not hidden from the viewer's home by a block, a protected account or a mute; deletion is apart. */
export function unhidden(viewer: string, entry: string): string {
  return `(${visible(viewer, entry)} AND ${unmuted(viewer, entry)})`;
}

/** The whole rule: it stands in the viewer's home. */
export function inHome(viewer: string, entry: string): string {
  return `(NOT ${entry}.deleted AND ${followed(viewer, entry)} AND ${belongs(viewer, entry)}
    AND ${unhidden(viewer, entry)})`;
}
