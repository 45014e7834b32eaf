import type { CheckedChange } from '@starling/platform/event-log';
import { claimKey, type KeyUse } from './idempotency-store.ts';
import { relationColumns } from './relation-store.ts';
import { lockTargetsQuery, type Target, type Tweet } from './tweet-store.ts';
import type { Relation } from './visibility/relation.ts';

/** What became of it. Not made: one of the targets is in the way, or the key is taken. */
export interface CheckedPost {
  readonly made: boolean;
  /** When it was not made, the targets there are, in no order, each with how the author stands to its author; or null. */
  readonly found: readonly (Target & Relation)[] | null;
}

// The tweet's own columns are $1 to $6: id, author, text, entities, language, words.
const ID = '$1::bigint';
const AUTHOR = '$2::bigint';

/** $7: what is referred to; $8: what is answered. What is in the way is what `mistakeInTarget` has an error for. */
const LOOK_AT_TARGETS = `
   target AS MATERIALIZED (${lockTargetsQuery('$7')}),
   found AS MATERIALIZED (SELECT target.*, ${relationColumns('$2', 'target."authorId"')} FROM target),
   allowed AS MATERIALIZED (
     SELECT answered."conversationId" AS conversation_id, answered."authorId" AS reply_to_author_id
     FROM (
       SELECT count(*) AS good FROM found WHERE NOT ("isDeleted" OR "isBlocking" OR "isBlockedBy" OR "isShutOut")
     ) seen LEFT JOIN found answered ON answered.id = $8::bigint
     WHERE seen.good = cardinality($7::bigint[])
   )`;

const FOUND = `(
     SELECT json_agg(json_build_object('id', id::text, 'authorId', "authorId"::text,
       'conversationId', "conversationId"::text, 'isDeleted', "isDeleted", 'isBlocking', "isBlocking",
       'isBlockedBy', "isBlockedBy", 'isMuting', "isMuting", 'isShutOut', "isShutOut"))
     FROM found WHERE NOT EXISTS (SELECT FROM added))`;

/** A tweet that refers to others; with a key, that is $10 and $11. */
const referring = (withKey: boolean) => `${LOOK_AT_TARGETS},
   ${withKey ? `${claimKey({ authorId: AUTHOR, key: '$10::text', inputDigest: '$11::bytea', tweetId: ID }, 'FROM allowed')},` : ''}
   added AS (
     INSERT INTO tweets.tweets (id, author_id, conversation_id, reply_to_tweet_id, reply_to_author_id, quoted_tweet_id,
       text, entities, language, words)
     SELECT ${ID}, ${AUTHOR}, coalesce(conversation_id, ${ID}), $8::bigint, reply_to_author_id, $9::bigint,
       $3, $4::jsonb, $5, $6
     FROM allowed ${withKey ? 'CROSS JOIN claimed' : ''}
     RETURNING conversation_id, reply_to_author_id
   ),
   change AS MATERIALIZED (
     SELECT EXISTS (SELECT FROM added) AS made, ${FOUND} AS found,
       (SELECT jsonb_build_object('conversationId', conversation_id::text, 'replyToAuthorId', reply_to_author_id::text)
        FROM added) AS told
   )`;

/** A tweet that refers to none, with the key $7 and $8. */
const ALONE_WITH_KEY = `
   ${claimKey({ authorId: AUTHOR, key: '$7::text', inputDigest: '$8::bytea', tweetId: ID }, 'WHERE true')},
   added AS (
     INSERT INTO tweets.tweets (id, author_id, conversation_id, text, entities, language, words)
     SELECT ${ID}, ${AUTHOR}, ${ID}, $3, $4::jsonb, $5, $6 FROM claimed RETURNING 1
   ),
   change AS MATERIALIZED (SELECT EXISTS (SELECT FROM added) AS made, NULL::json AS found, NULL::jsonb AS told)`;

const REFERRING = { name: 'tweets.postReferring', queries: referring(false) };
const REFERRING_ONCE = { name: 'tweets.postReferringOnce', queries: referring(true) };
const ALONE_ONCE = { name: 'tweets.postOnce', queries: ALONE_WITH_KEY };

/**
 * Adds a tweet unless what it refers to is in the way, and takes its key, in one statement. Of the tweet answered it finds
 * the conversation and the author, and tells them. Locks: the tweets answered and quoted against deletion, in ascending
 * order, then the author's key. The copies have to be up to date before. A tweet that refers to none has a key.
 */
export function checkedPost(tweet: Tweet, words: string, keyUse: KeyUse | undefined): CheckedChange {
  const { id, authorId, replyToTweetId, quotedTweetId, text, entities, language } = tweet;
  const targets = [...new Set([replyToTweetId, quotedTweetId].filter((target) => target !== null))];
  const values = [id, authorId, text, JSON.stringify(entities), language, words];
  const key = keyUse ? [keyUse.key, keyUse.inputDigest] : [];
  if (targets.length === 0) return { ...ALONE_ONCE, values: [...values, ...key] };
  const kind = keyUse ? REFERRING_ONCE : REFERRING;
  return { ...kind, values: [...values, targets, replyToTweetId, quotedTweetId, ...key] };
}
