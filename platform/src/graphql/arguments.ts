import { isSnowflake } from '../snowflake/id.ts';
import { badUserInput } from './errors.ts';

/** An id as a client sent it, once it has the form of one; else `BAD_USER_INPUT` naming `argument`. */
export function parseId(argument: string, id: string): string {
  if (!isSnowflake(id)) throw badUserInput(argument, 'An id is the decimal text of a positive 64-bit number.');
  return id;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** True when text has no unpaired surrogate and no control character but the line feed: it can be stored and shown. */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTERS.test(text);
}
