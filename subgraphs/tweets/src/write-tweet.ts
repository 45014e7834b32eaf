import { createHash } from 'node:crypto';
import type { NewEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import type { Queryable } from '@starling/platform/postgres';
import { wordsOf } from '@starling/visibility';
import { type CheckedPost, checkedPost } from './checked-post.ts';
import type { CommandParts } from './commands.ts';
import { posted } from './events.ts';
import { findKey, type KeyedTweet, type KeyUse } from './idempotency-store.ts';
import { mistakesInTargets, type Named } from './targets.ts';
import { mentionedUserIds, mentionedUsernames, type TweetEntities, withMentionedAccounts } from './text/entities.ts';
import type { ParsedTweetText } from './text/parse-tweet-text.ts';
import { additionOf, getTweetsByIds, type Tweet } from './tweet-store.ts';

export interface NewTweet {
  /** Who posts it. */
  readonly viewerId: string;
  readonly text: string;
  readonly replyToTweetId: string | null;
  readonly quotedTweetId: string | null;
  readonly idempotencyKey: string | null;
}

export function keyUseOf({
  viewerId,
  idempotencyKey,
  text,
  replyToTweetId,
  quotedTweetId,
}: NewTweet): KeyUse | undefined {
  if (idempotencyKey === null) return undefined;
  const inputDigest = createHash('sha256')
    .update(JSON.stringify([text, replyToTweetId, quotedTweetId]))
    .digest();
  return { authorId: viewerId, key: idempotencyKey, inputDigest };
}

/** The answer that the key's first use got, unless it was used for something else. */
export async function repeated(
  database: Queryable,
  { inputDigest }: KeyUse,
  known: KeyedTweet,
): Promise<Outcome<string>> {
  if (!inputDigest.equals(known.inputDigest)) {
    return refused(userError('DUPLICATE', 'This key was used for another tweet.', 'idempotencyKey'));
  }
  const [tweet] = await getTweetsByIds(database, [known.tweetId]);
  return tweet?.isDeleted === false
    ? done(known.tweetId)
    : refused(userError('NOT_FOUND', 'This was posted, and has been deleted since.', 'idempotencyKey'));
}

/** It names no tweet and nobody: there is nothing to look up, to lock or to refuse, and the copies have no say. */
function standsAlone({ replyToTweetId, quotedTweetId }: NewTweet, { entities }: ParsedTweetText): boolean {
  return replyToTweetId === null && quotedTweetId === null && entities.mentions.length === 0;
}

function tweetWith(
  id: string,
  { viewerId, text, replyToTweetId, quotedTweetId }: NewTweet,
  entities: TweetEntities,
): Tweet {
  return {
    id,
    isDeleted: false,
    authorId: viewerId,
    // Of an answer, what is answered says otherwise.
    conversationId: id,
    replyToTweetId,
    replyToAuthorId: null,
    quotedTweetId,
    text,
    entities,
    language: null,
  };
}

function postedOf({ id, entities, ...tweet }: Tweet, words: string): NewEvent {
  return posted({
    tweetId: id,
    authorId: tweet.authorId,
    conversationId: tweet.conversationId,
    replyToTweetId: tweet.replyToTweetId,
    replyToAuthorId: tweet.replyToAuthorId,
    quotedTweetId: tweet.quotedTweetId,
    mentionedUserIds: mentionedUserIds(entities),
    hasMedia: false,
    words,
  });
}

function namedIn({ replyToTweetId, quotedTweetId }: NewTweet): Named[] {
  return [
    ...(replyToTweetId === null ? [] : [{ inputField: 'replyToTweetId', tweetId: replyToTweetId }]),
    ...(quotedTweetId === null ? [] : [{ inputField: 'quotedTweetId', tweetId: quotedTweetId }]),
  ];
}

/** What writing stands on: each statement by itself, or one transaction. */
export interface WriteParts
  extends Pick<CommandParts, 'eventLog' | 'snowflakes' | 'copies' | 'findAccounts' | 'maxWeightedLength'> {
  readonly database: Queryable;
}

/**
 * Writes a tweet whose text may stand; with an idempotency key, once within 24 hours, whatever the number of repetitions and
 * however many of them at once. What it names is looked up, locked and checked in the statement that writes it: see
 * `checkedPost`.
 */
export async function writeTweet(
  parts: WriteParts,
  input: NewTweet,
  parsed: ParsedTweetText,
): Promise<Outcome<string>> {
  const { database, eventLog, snowflakes, copies, findAccounts } = parts;
  const alone = standsAlone(input, parsed);
  if (!alone) await copies.caughtUp();
  const accounts = await findAccounts(mentionedUsernames(parsed.entities));
  const id = await snowflakes.next('tweet');
  const tweet = tweetWith(id, input, withMentionedAccounts(parsed.entities, accounts));
  const words = wordsOf(input.text);
  const keyUse = keyUseOf(input);
  const named = namedIn(input);
  if (named.length === 0 && !keyUse) {
    await eventLog.commit(database, additionOf(tweet, words), postedOf(tweet, words));
    return done(id);
  }
  const change = checkedPost(tweet, words, keyUse);
  const { made, found } = await eventLog.commitChecked<CheckedPost>(database, change, postedOf(tweet, words));
  if (made) return done(id);

  // A repetition is answered whatever has become of what it names.
  const known = keyUse && (await findKey(database, keyUse));
  if (keyUse && known) return repeated(database, keyUse, known);
  const inTheWay = mistakesInTargets(named, found ?? []);
  if (inTheWay.length > 0) return refused(...inTheWay);
  if (!keyUse) throw new Error('A tweet was not posted, and nothing is in the way.');
  // The key was taken, and its time has ended since.
  return writeTweet(parts, input, parsed);
}
