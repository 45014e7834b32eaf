import { hash } from 'node:crypto';
import { readTokens, type Tag, type Token } from './read-tokens.ts';

/**
 * Words are compared by their hashes, so that what has to know whether a text says something needs no text. A hash is 36
 * bits of SHA-256 in six characters of base64url, with a sign of none of them before it that tells what it is the hash of.
 * So every word takes the same room, and a phrase stands in a text exactly when its hashes stand in the text's as they are.
 */
const HASH_LENGTH = 6;
const WORD = '.';
const MENTION = '@';

const hashOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, HASH_LENGTH);
const markOf = ({ kind, text }: Token): string => (kind === 'mention' ? MENTION : WORD) + hashOf(text);
const isTag = (one: Token | Tag): one is Tag => one.kind === 'tag';

/** With the words of tags as words, and without their signs. */
const plainly = (tokens: readonly (Token | Tag)[]): string =>
  tokens
    .flatMap((one) => (isTag(one) ? one.words : [one]))
    .map(markOf)
    .join('');

/** With tags as they are written, whole. */
const exactly = (tokens: readonly (Token | Tag)[]): string =>
  tokens.map((one) => (isTag(one) ? one.sign + hashOf(one.text) : markOf(one))).join('');

/** What a text says, as hashes; '' when it says nothing. A text with tags is there twice: plainly, and with its tags. */
export function wordsOf(text: string): string {
  const tokens = readTokens(text);
  const plain = plainly(tokens);
  return tokens.some(isTag) ? `${plain} ${exactly(tokens)}` : plain;
}

/**
 * What has to be found among a text's words, for the text to say the phrase; '' when the phrase has no word. Words are found
 * as words and in tags, tags and mentions as tags and mentions alone.
 */
export function phraseOf(phrase: string): string {
  const tokens = readTokens(phrase);
  return tokens.some(isTag) ? exactly(tokens) : plainly(tokens);
}

/** Whether the text of these words says the phrase: `position` of SQL, and as fast. */
export function says(words: string, phrase: string): boolean {
  return phrase !== '' && words.includes(phrase);
}
