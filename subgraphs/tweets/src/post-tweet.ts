import { isCleanText, type Outcome, refused, type UserError, userError } from '@starling/platform/graphql';
import { snowflakeMs } from '@starling/platform/snowflake';
import type { Verdict } from './abuse/abuse-check.ts';
import type { CommandParts } from './commands.ts';
import { holdTweet } from './held-tweet-store.ts';
import { findKey, type KeyUse } from './idempotency-store.ts';
import { type ParsedTweetText, parseTweetText } from './text/parse-tweet-text.ts';
import { keyUseOf, type NewTweet, repeated, type WriteParts, writeTweet } from './write-tweet.ts';

export type { NewTweet } from './write-tweet.ts';

const MAX_KEY_LENGTH = 64;

/** Of one author so many wait for a moderator at most. */
const MOST_HELD = 20;

function mistakeInText({ error, weightedLength }: ParsedTweetText, most: number): UserError | undefined {
  if (error === undefined) return undefined;
  const messages = {
    BLANK: 'Write something.',
    TOO_LONG: `A tweet has ${most} weighted characters at most${weightedLength > 0 ? `; this has ${weightedLength}` : ''}.`,
    INVALID: 'The text has characters that cannot be shown.',
  };
  return userError(error, messages[error], 'text');
}

function mistakeInKey(key: string | null): UserError | undefined {
  if (key === null) return undefined;
  if (key === '') return userError('BLANK', 'Leave the key out, or give one.', 'idempotencyKey');
  if (key.length > MAX_KEY_LENGTH) {
    return userError('TOO_LONG', `A key has ${MAX_KEY_LENGTH} characters at most.`, 'idempotencyKey');
  }
  return isCleanText(key)
    ? undefined
    : userError('INVALID', 'The key has characters that are not allowed.', 'idempotencyKey');
}

/** What posting stands on. */
export type PostParts = WriteParts & Pick<CommandParts, 'database' | 'abuse'>;

type Refusal = Exclude<Verdict, { readonly kind: 'accept' }>;

/** A repetition is answered as the first was; else the author is told when to try again, or that a moderator decides. */
async function turnAway(
  { database, snowflakes }: PostParts,
  { viewerId: authorId, ...tweet }: NewTweet,
  keyUse: KeyUse | undefined,
  { kind, rule, reason, retryAt }: Refusal,
): Promise<Outcome<string>> {
  const known = keyUse && (await findKey(database, keyUse));
  if (keyUse && known) return repeated(database, keyUse, known);
  if (kind === 'hold') {
    const held = { id: await snowflakes.next('tweet'), authorId, rule, ...tweet };
    if (await database.transaction((transaction) => holdTweet(transaction, held, MOST_HELD))) {
      return refused(userError('HELD_FOR_REVIEW', `${reason}: a moderator looks at it before it is posted.`, 'text'));
    }
  }
  return refused(userError('LIMIT_REACHED', `${reason}. Try again after ${new Date(retryAt).toISOString()}.`));
}

/**
 * Posts a tweet, unless the abuse check has something against it; with an idempotency key, once within 24 hours. What is not
 * posted after all does not count for the check.
 */
export async function postTweet(parts: PostParts, input: NewTweet): Promise<Outcome<string>> {
  const { abuse, maxWeightedLength } = parts;
  const parsed = parseTweetText(input.text, { maxWeightedLength });
  const mistakes = [mistakeInText(parsed, maxWeightedLength), mistakeInKey(input.idempotencyKey)].filter(
    (mistake) => mistake !== undefined,
  );
  if (mistakes.length > 0) return refused(...mistakes);
  if (!abuse) return writeTweet(parts, input, parsed);

  const { viewerId: authorId } = input;
  const keyUse = keyUseOf(input);
  const key = keyUse ? keyUse.key + keyUse.inputDigest.toString('base64') : null;
  const verdict = await abuse.judge(authorId, { ...input, entities: parsed.entities, key });
  if (verdict.kind !== 'accept') return turnAway(parts, input, keyUse, verdict);
  const { post } = verdict;
  try {
    const outcome = await writeTweet(parts, input, parsed);
    // One that was written after this was counted is this one, sent twice at once: it has been counted once.
    if (!outcome.ok || snowflakeMs(outcome.value) < post.at) await abuse.withdraw(authorId, post);
    return outcome;
  } catch (error) {
    await abuse.withdraw(authorId, post);
    throw error;
  }
}
