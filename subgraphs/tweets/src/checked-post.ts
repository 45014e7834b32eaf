import type { CheckedChange } from '@starling/platform/event-log';
import { claimKey, type KeyUse } from './idempotency-store.ts';
import { relationColumns } from './relation-store.ts';
import { LOCK_TARGETS, type Target, type Tweet } from './tweet-store.ts';
import type { Relation } from './visibility/relation.ts';

/** A tweet that a new one refers to, and how the new one's author stands to its author. */
export type FoundTarget = Target & Relation;

/** What became of it. Not made: one of the targets is in the way, or the key is taken. */
export interface CheckedPost {
  readonly made: boolean;
  /** In no order; null when there are none. */
  readonly found: readonly FoundTarget[] | null;
}

const KEY_USE = { authorId: '$5::bigint', key: '$10::text', inputDigest: '$11::bytea', tweetId: '$4::bigint' };

// What is in the way is what `mistakeInTarget` has an error for.
const queries = (withKey: boolean) => `
   target AS MATERIALIZED (${LOCK_TARGETS}),
   found AS MATERIALIZED (SELECT target.*, ${relationColumns('$5', 'target."authorId"')} FROM target),
   allowed AS MATERIALIZED (
     SELECT answered."conversationId", answered."authorId"
     FROM (
       SELECT count(*) AS good FROM found WHERE NOT ("isDeleted" OR "isBlocking" OR "isBlockedBy" OR "isShutOut")
     ) seen LEFT JOIN found answered ON answered.id = $2::bigint
     WHERE seen.good = cardinality($1::bigint[])
   ), ${withKey ? `${claimKey(KEY_USE, 'FROM allowed')},` : ''}
   added AS (
     INSERT INTO tweets.tweets (id, author_id, conversation_id, reply_to_tweet_id, reply_to_author_id, quoted_tweet_id,
       text, entities, language, words)
     SELECT $4::bigint, $5::bigint, coalesce("conversationId", $4::bigint), $2::bigint, "authorId", $3::bigint,
       $6, $7::jsonb, $8, $9
     FROM allowed ${withKey ? 'CROSS JOIN claimed' : ''}
     RETURNING conversation_id, reply_to_author_id
   ),
   change AS (
     SELECT EXISTS (SELECT FROM added) AS made,
       (SELECT jsonb_build_object('conversationId', conversation_id::text, 'replyToAuthorId', reply_to_author_id::text)
        FROM added) AS told,
       (SELECT json_agg(json_build_object('id', id::text, 'authorId', "authorId"::text,
          'conversationId', "conversationId"::text, 'isDeleted', "isDeleted", 'isBlocking', "isBlocking",
          'isBlockedBy', "isBlockedBy", 'isMuting', "isMuting", 'isShutOut', "isShutOut")) FROM found) AS found
   )`;

const PLAIN = { name: 'tweets.postChecked', queries: queries(false) };
const WITH_KEY = { name: 'tweets.postCheckedOnce', queries: queries(true) };

/**
 * Adds a tweet unless what it refers to is in the way, and takes its key, in one statement. Of the tweet answered it finds
 * the conversation and the author, and tells them. Locks: the tweets answered and quoted against deletion, in ascending
 * order, then the author's key. The copies have to be up to date before.
 */
export function checkedPost(tweet: Tweet, words: string, keyUse: KeyUse | undefined): CheckedChange {
  const { id, authorId, replyToTweetId, quotedTweetId, text, entities, language } = tweet;
  const targets = new Set([replyToTweetId, quotedTweetId].filter((target) => target !== null));
  const place = [[...targets], replyToTweetId, quotedTweetId, id, authorId];
  const values = [...place, text, JSON.stringify(entities), language, words];
  return keyUse ? { ...WITH_KEY, values: [...values, keyUse.key, keyUse.inputDigest] } : { ...PLAIN, values };
}
