import { isCleanText, type UserError, userError } from '@starling/platform/graphql';

/** In Unicode code points. */
const MAX_NAME_LENGTH = 25;
const MAX_DESCRIPTION_LENGTH = 100;

/** What a list says of itself, as it is kept: without spaces around it, and null for a description that says nothing. */
export interface ListText {
  readonly name: string;
  readonly description: string | null;
}

export function tidied({ name, description }: ListText): ListText {
  return { name: name.trim(), description: description?.trim() || null };
}

/** What is wrong with a tidied text. */
export function mistakesIn({ name, description }: ListText): UserError[] {
  const mistakes: UserError[] = [];
  if (name === '') mistakes.push(userError('BLANK', 'Give the list a name.', 'name'));
  else if ([...name].length > MAX_NAME_LENGTH) {
    mistakes.push(userError('TOO_LONG', `A name has ${MAX_NAME_LENGTH} characters at most.`, 'name'));
  } else if (!isCleanText(name) || name.includes('\n')) {
    mistakes.push(userError('INVALID', 'The name has characters that are not allowed.', 'name'));
  }
  if (description === null) return mistakes;
  if ([...description].length > MAX_DESCRIPTION_LENGTH) {
    const message = `A description has ${MAX_DESCRIPTION_LENGTH} characters at most.`;
    mistakes.push(userError('TOO_LONG', message, 'description'));
  } else if (!isCleanText(description)) {
    mistakes.push(userError('INVALID', 'The description has characters that are not allowed.', 'description'));
  }
  return mistakes;
}
