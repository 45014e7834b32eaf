import { type Facts, hiding, mutesWords, saysMutedWord } from '@starling/visibility';

/**
 * Whom somebody is notified of, as pieces of SQL that every statement shares: lists, counts and live updates. What hides
 * where is in the rules of visibility; here is how an act's facts are found out.
 * `viewer` is an expression for the viewer's id; `act` and `entry` are aliases of rows of these tables.
 */

const isBlocked = (viewer: string, account: string): string => `(
    (SELECT true FROM notifications.blocks b WHERE b.blocker_id = ${viewer} AND b.blocked_id = ${account}) IS NOT NULL
    OR (SELECT true FROM notifications.blocks b WHERE b.blocker_id = ${account} AND b.blocked_id = ${viewer}) IS NOT NULL)`;

// Scalar subqueries: a probe of a primary key for each act, where the planner could else read a whole table.
const isShutOut = (viewer: string, account: string): string => `(
    (SELECT true FROM notifications.protected_accounts p WHERE p.user_id = ${account}) IS NOT NULL
    AND (SELECT true FROM notifications.follows f WHERE f.follower_id = ${viewer} AND f.followee_id = ${account}) IS NULL)`;

const mutes = (viewer: string, account: string, extent: string): string => `(
    SELECT true FROM notifications.mutes m
    WHERE m.muter_id = ${viewer} AND m.muted_id = ${account} AND ${extent}
      AND (m.until IS NULL OR m.until > now())) IS NOT NULL`;

const keywords = (viewer: string) => ({ table: 'notifications.muted_keywords', viewer });

/** Deletion is looked at once for the whole entry. */
type FactOfAct = Exclude<keyof Facts, 'isDeleted'>;

const FACTS: Record<FactOfAct, (viewer: string, act: string) => string> = {
  isBlocked: (viewer, act) => isBlocked(viewer, `${act}.actor_id`),
  isShutOut: (viewer, act) => isShutOut(viewer, `${act}.actor_id`),
  isMuted: (viewer, act) => mutes(viewer, `${act}.actor_id`, 'NOT m.only_retweets'),
  areRetweetsMuted: (viewer, act) =>
    `(${act}.kind = 'RETWEET' AND ${mutes(viewer, `${act}.actor_id`, 'm.only_retweets')})`,
  // What is liked and retweeted is the viewer's own. A quote says what it quotes only to those who may see that.
  saysMuted: (viewer, act) => `CASE
    WHEN ${act}.kind NOT IN ('QUOTE', 'REPLY', 'MENTION') OR NOT (${mutesWords(keywords(viewer))}) THEN false
    ELSE (SELECT ${saysMutedWord({ ...keywords(viewer), words: 'said.words' })} OR (
        SELECT ${saysMutedWord({ ...keywords(viewer), words: 'quoted.words' })}
        FROM notifications.tweets quoted
        WHERE quoted.id = said.quoted_tweet_id AND quoted.author_id <> ${viewer} AND NOT quoted.deleted
          AND NOT ${isBlocked(viewer, 'quoted.author_id')} AND NOT ${isShutOut(viewer, 'quoted.author_id')}
      ) IS TRUE FROM notifications.tweets said WHERE said.id = ${act}.subject_id) IS TRUE END`,
};

const ofFollows = new Set(hiding('notifiedFollow'));

/** The act stands, somebody else did it, and nothing hides that from the viewer. */
export function permitted(viewer: string, act: string): string {
  const facts = hiding('notification').filter((fact) => fact !== 'isDeleted');
  const hidden = facts.map((fact) => {
    const found = FACTS[fact](viewer, act);
    return ofFollows.has(fact) ? `NOT ${found}` : `(${act}.kind IN ('FOLLOW', 'FOLLOW_REQUEST') OR NOT ${found})`;
  });
  return `(${[`${act}.stands`, `${act}.actor_id <> ${viewer}`, ...hidden].join(' AND ')})`;
}

/** The acts of an entry. */
export function actsOfEntry(entry: string, act: string): string {
  return `notifications.acts ${act} WHERE ${act}.recipient_id = ${entry}.recipient_id AND ${act}.kind = ${entry}.kind
    AND ${act}.subject_id = ${entry}.subject_id AND ${act}.part = ${entry}.part`;
}

/** There is something in the entry that its recipient may hear of. */
export function isOpen(entry: string): string {
  const viewer = `${entry}.recipient_id`;
  return `((SELECT t.deleted FROM notifications.tweets t WHERE t.id = ${entry}.subject_id) IS NOT TRUE
    AND CASE ${entry}.kind
      WHEN 'MILESTONE' THEN (
        SELECT l.standing >= ${entry}.part FROM notifications.like_counts l WHERE l.tweet_id = ${entry}.subject_id) IS TRUE
      ELSE (SELECT true FROM ${actsOfEntry(entry, 'a')} AND ${permitted(viewer, 'a')} LIMIT 1) IS NOT NULL END)`;
}

/** The tweet that an entry is about; null for none. What a moderator discarded has never become one. */
export function tweetOf(entry: string): string {
  return `CASE ${entry}.kind
    WHEN 'MODERATION' THEN (SELECT t.id FROM notifications.tweets t WHERE t.id = ${entry}.subject_id)
    ELSE nullif(${entry}.subject_id, 0) END`;
}

export type Channel = 'IN_APP' | 'PUSH' | 'EMAIL';

/** What nobody has chosen arrives, but for email: an address is nobody's to write to before its owner has asked for it. */
export const ARRIVES_UNASKED: Readonly<Record<Channel, boolean>> = { IN_APP: true, PUSH: true, EMAIL: false };

/** Its recipient wants to be told of its kind on this channel. */
export function isWanted(entry: string, channel: Channel): string {
  return `(SELECT p.is_enabled FROM notifications.preferences p
    WHERE p.user_id = ${entry}.recipient_id AND p.kind = ${entry}.kind AND p.channel = '${channel}')
    ${ARRIVES_UNASKED[channel] ? 'IS NOT FALSE' : 'IS TRUE'}`;
}
