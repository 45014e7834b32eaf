import { isCleanText, type UserError, userError } from '@starling/platform/graphql';

export interface TextRule {
  /** What the text is called in a sentence to the person. */
  readonly name: string;
  /** In Unicode code points. */
  readonly max: number;
  /** Whether line feeds may be in it. */
  readonly multiline?: boolean;
  /** Whether there has to be something to see. */
  readonly required?: boolean;
}

export const DISPLAY_NAME: TextRule = { name: 'display name', max: 50, required: true };
export const BIO: TextRule = { name: 'bio', max: 160, multiline: true };
export const LOCATION: TextRule = { name: 'location', max: 30 };
export const DEVICE: TextRule = { name: 'device', max: 100 };
export const WEBSITE: TextRule = { name: 'website', max: 100 };

export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Text as it is kept: composed, and without white space around it. Only for text that has passed as clean. */
export function tidy(text: string): string {
  return text.normalize('NFC').trim();
}

/** What is wrong with a text as it came. Lengths are those of the tidied text. */
export function checkText(field: string, text: string, rule: TextRule): UserError[] {
  if (!isCleanText(text) || (!rule.multiline && text.includes('\n'))) {
    return [userError('INVALID', `The ${rule.name} has characters that are not allowed.`, field)];
  }
  const tidied = tidy(text);
  // Letters, digits, marks, punctuation, symbols: a name of joiners and spaces would look like no name at all.
  if (rule.required && !/[\p{L}\p{N}\p{M}\p{P}\p{S}]/u.test(tidied)) {
    return [userError('BLANK', `The ${rule.name} is empty.`, field)];
  }
  if (lengthOf(tidied) > rule.max) {
    return [userError('TOO_LONG', `The ${rule.name} has at most ${rule.max} characters.`, field)];
  }
  return [];
}
