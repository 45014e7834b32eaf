import { done, isCleanText, type Outcome, refused, type UserError, userError } from '@starling/platform/graphql';
import { phraseOf } from '@starling/visibility';
import type { CommandParts } from './commands.ts';
import { keywordMuted, keywordUnmuted } from './events.ts';
import { lockKeywords } from './locks.ts';
import {
  addMutedKeyword,
  countMutedKeywords,
  findMutedKeyword,
  removeEndedMutedKeywords,
  setMutedKeywordUntil,
} from './muted-keyword-store.ts';

/** In Unicode code points. */
const MAX_PHRASE_LENGTH = 100;

interface MuteKeyword {
  readonly viewerId: string;
  readonly phrase: string;
  /** Null for one that does not end by itself. */
  readonly until: Date | null;
}

function mistakesIn({ phrase, until }: MuteKeyword, words: string): UserError[] {
  const mistakes: UserError[] = [];
  if (phrase === '') mistakes.push(userError('BLANK', 'Write what you do not want to read.', 'phrase'));
  else if ([...phrase].length > MAX_PHRASE_LENGTH) {
    mistakes.push(userError('TOO_LONG', `A phrase has ${MAX_PHRASE_LENGTH} characters at most.`, 'phrase'));
  } else if (!isCleanText(phrase)) {
    mistakes.push(userError('INVALID', 'The phrase has characters that are not allowed.', 'phrase'));
  } else if (words === '') {
    mistakes.push(userError('INVALID', 'A phrase has at least one word, tag, mention or emoji.', 'phrase'));
  }
  if (until && until.getTime() <= Date.now()) {
    mistakes.push(userError('INVALID', 'A mute ends in the future.', 'until'));
  }
  return mistakes;
}

/**
 * Mutes a phrase. One that says the same, however it is written, is muted already: then only its end is replaced. What has
 * ended by itself goes first, so that the limit bounds everything that is kept of one account.
 */
export async function muteKeyword(
  { database, eventLog, snowflakes, maxMutedKeywords }: CommandParts,
  input: MuteKeyword,
): Promise<Outcome<string>> {
  const { viewerId: muterId, until } = input;
  const phrase = input.phrase.trim();
  // A text that is far too long is not looked at.
  const words = phrase.length > 2 * MAX_PHRASE_LENGTH ? '' : phraseOf(phrase);
  const mistakes = mistakesIn({ ...input, phrase }, words);
  if (mistakes.length > 0) return refused(...mistakes);

  const newId = await snowflakes.next('mutedKeyword');
  return database.transaction(async (transaction) => {
    await lockKeywords(transaction, muterId);
    const ended = await removeEndedMutedKeywords(transaction, muterId);
    if (ended.length > 0)
      await eventLog.append(
        transaction,
        ended.map((id) => keywordUnmuted(muterId, id)),
      );

    const known = await findMutedKeyword(transaction, muterId, words);
    if (known && known.until?.getTime() === until?.getTime()) return done(known.id);
    const id = known?.id ?? newId;
    if (known) await setMutedKeywordUntil(transaction, id, until);
    else {
      if ((await countMutedKeywords(transaction, muterId)) >= maxMutedKeywords) {
        const message = `You have muted ${maxMutedKeywords} phrases, and cannot mute more.`;
        return refused(userError('LIMIT_REACHED', message));
      }
      await addMutedKeyword(transaction, { id, muterId, phrase, until }, words);
    }
    await eventLog.append(transaction, [keywordMuted({ muterId, mutedKeywordId: id, words, until })]);
    return done(id);
  });
}
