import { hash } from 'node:crypto';
import type { TweetEntities } from '../text/entities.ts';

/** What says less than this, in letters and digits, may be said as often as one likes: thanks, good morning, indeed. */
const SHORTEST = 16;

/** The first code point whose letters say more than those of an alphabet: they count twice, as in the length of a tweet. */
const FIRST_OF_WIDE = 0x1100;

export const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, 12);

function without(text: string, stretches: readonly { readonly start: number; readonly end: number }[]): string {
  if (stretches.length === 0) return text;
  const points = [...text];
  for (const { start, end } of stretches) points.fill(' ', start, end);
  return points.join('');
}

const ONLY_ASCII = /^[\0-\x7f]*$/;

/** In lower case and compatibility form, letters and digits alone. */
function lettersOf(text: string): string {
  // What nearly every text is made of costs a fifth this way.
  if (ONLY_ASCII.test(text)) return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** Letters and digits, those of wide scripts twice, as far as they matter. */
function saysLittle(said: string): boolean {
  if (said.length >= SHORTEST) return false;
  let length = 0;
  for (const letter of said) length += (letter.codePointAt(0) ?? 0) < FIRST_OF_WIDE ? 1 : 2;
  return length < SHORTEST;
}

/**
 * A digest that two texts share which say the same: without their links and mentions, without case, white space, signs and
 * emoji, in compatibility form. Empty for a text that says little.
 */
export function saidBy(text: string, { urls, mentions }: Pick<TweetEntities, 'urls' | 'mentions'>): string {
  const said = lettersOf(without(text, [...urls, ...mentions]));
  return saysLittle(said) ? '' : digestOf(said);
}
