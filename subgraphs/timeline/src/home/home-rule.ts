import { type Facts, hiding, mutesWords, type Surface, saysMutedWord } from '@starling/visibility';

/**
 * The rules of the home timeline, as pieces of SQL that every statement shares: reads, fan-out and live updates. What hides
 * where is in the rules of visibility; here is how an entry's facts are found out.
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

/**
 * The account is not protected from the viewer; from a viewer that is null, all protected ones are. The scalar subquery is a
 * probe of the primary key for each entry: as a plain NOT EXISTS, the planner could read all protected accounts instead.
 */
export function open(viewer: string, account: string): string {
  return `((SELECT true FROM timeline.protected_accounts p WHERE p.user_id = ${account}) IS NULL
    OR ${account} IS NOT DISTINCT FROM ${viewer}
    OR EXISTS (SELECT FROM timeline.follows f WHERE f.follower_id = ${viewer} AND f.followee_id = ${account}))`;
}

const mutes = (viewer: string, accounts: string, extent: string): string => `EXISTS (
    SELECT FROM timeline.mutes m
    WHERE m.muter_id = ${viewer} AND m.muted_id IN (${accounts}) AND ${extent}
      AND (m.until IS NULL OR m.until > now()))`;

const keywords = (viewer: string) => ({ table: 'timeline.muted_keywords', viewer });

/** What the tables know of each fact that hides an entry: of who did it, of who wrote it, and of what it says. */
const FACTS: Record<keyof Facts, (viewer: string, entry: string) => string> = {
  isDeleted: (_viewer, entry) => `${entry}.deleted`,
  isBlocked: (viewer, entry) => `(EXISTS (
      SELECT FROM timeline.blocks b
      WHERE b.blocker_id = ${viewer} AND b.blocked_id IN (${entry}.actor_id, ${entry}.author_id))
    OR EXISTS (
      SELECT FROM timeline.blocks b
      WHERE b.blocked_id = ${viewer} AND b.blocker_id IN (${entry}.actor_id, ${entry}.author_id)))`,
  isShutOut: (viewer, entry) => `NOT (${open(viewer, `${entry}.author_id`)}
    AND (${entry}.kind = 'tweet' OR ${open(viewer, `${entry}.actor_id`)}))`,
  isMuted: (viewer, entry) => mutes(viewer, `${entry}.actor_id, ${entry}.author_id`, 'NOT m.only_retweets'),
  areRetweetsMuted: (viewer, entry) =>
    `(${entry}.kind = 'retweet' AND ${mutes(viewer, `${entry}.actor_id`, 'm.only_retweets')})`,
  // Whoever has muted no words is asked no more than that. What the viewer wrote is the viewer's own, also when it is quoted
  // or retweeted; and a quote says what it quotes only to those who may see that.
  saysMuted: (viewer, entry) => `CASE
    WHEN NOT (${mutesWords(keywords(viewer))}) OR ${viewer} IN (${entry}.actor_id, ${entry}.author_id) THEN false
    ELSE (SELECT ${saysMutedWord({ ...keywords(viewer), words: 'w.words' })} OR (
        SELECT ${saysMutedWord({ ...keywords(viewer), words: 'quoted_words.words' })}
        FROM timeline.tweet_words quoted_words JOIN timeline.entries quoted ON quoted.id = quoted_words.tweet_id
        WHERE quoted_words.tweet_id = w.quoted_tweet_id AND quoted.author_id <> ${viewer}
          AND NOT quoted.deleted AND ${visible(viewer, 'quoted')}
      ) IS TRUE FROM timeline.tweet_words w WHERE w.tweet_id = ${entry}.tweet_id) IS TRUE END`,
};

/** Nothing but deletion, which each statement looks at in its own way, hides it from this surface. */
function shownOn(surface: Surface, viewer: string, entry: string): string {
  const facts = hiding(surface).filter((fact) => fact !== 'isDeleted');
  return `(${facts.map((fact) => `NOT ${FACTS[fact](viewer, entry)}`).join(' AND ')})`;
}

/** The viewer may see it at all: neither a block nor a protected account is in the way; deletion is apart. */
export function visible(viewer: string, entry: string): string {
  return shownOn('profile', viewer, entry);
}

/** Not hidden from the viewer's home by a block, a protected account or a mute; deletion is apart. */
export function unhidden(viewer: string, entry: string): string {
  return shownOn('home', viewer, entry);
}

/** It may be mixed into the viewer's home for being popular: it answers nobody, and nobody whom the viewer follows wrote it. */
export function amongPopular(viewer: string, entry: string): string {
  return `(${entry}.kind = 'tweet' AND ${entry}.reply_to_tweet_id IS NULL AND NOT ${entry}.deleted
    AND NOT ${followed(viewer, entry)} AND ${shownOn('popular', viewer, entry)})`;
}

/** The whole rule: it stands in the viewer's home. */
export function inHome(viewer: string, entry: string): string {
  return `(NOT ${entry}.deleted AND ${followed(viewer, entry)} AND ${belongs(viewer, entry)}
    AND ${unhidden(viewer, entry)})`;
}
