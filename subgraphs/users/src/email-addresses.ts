import { domainToASCII } from 'node:url';
import { done, isCleanText, type Outcome, refused, type UserError, userError } from '@starling/platform/graphql';

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * An address as it is kept and compared: in lower case, its domain in ASCII. Whether mail arrives there is not known from
 * its form; what can never be an address is told here.
 */
export function readEmailAddress(field: string, text: string): Outcome<string> {
  const invalid = () => refused(userError('INVALID', 'This is no email address.', field));
  if (!isCleanText(text)) return invalid();
  const address = normaliseEmailAddress(text);
  if (address === '') return refused(userError('BLANK', 'Give an email address.', field));
  if (text.trim().length > MAX_LENGTH || address.length > MAX_LENGTH) {
    return refused(userError('TOO_LONG', `An email address has at most ${MAX_LENGTH} characters.`, field));
  }
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (local.length > MAX_LOCAL_LENGTH || !LOCAL_PART.test(local) || !DOMAIN.test(address.slice(at + 1))) {
    return invalid();
  }
  return done(address);
}

/** The form in which a possible address is looked up. */
export function normaliseEmailAddress(text: string): string {
  const address = text.trim().toLowerCase();
  const at = address.lastIndexOf('@');
  return at < 0 ? address : `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

export function emailTaken(field: string): UserError {
  return userError('TAKEN', 'Another account has this email address.', field);
}
