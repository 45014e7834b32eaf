import { isCleanText, type UserError, userError } from '@starling/platform/graphql';
import { normalisedPassword } from './passwords.ts';
import { lengthOf } from './text-rules.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 256;

/** Those of at least 8 characters that people choose most, in lower case and without what they append to them. */
const OFTEN_USED = new Set(
  [
    'password passw0rd p@ssword p@ssw0rd mypassword passwort kennwort motdepasse contraseña qwertyui qwertyuiop',
    'qwertzui qwertzuiop azertyuiop asdfghjk asdfghjkl zxcvbnm, 1qaz2wsx 1q2w3e4r 1q2w3e4r5t qazwsxedc zaq12wsx',
    'iloveyou letmein letmeinnow welcome welcomeback baseball football basketball superman batman starwars',
    'princess sunshine trustno1 whatever changeme computer internet samsung iphone google facebook twitter',
    'starling michelle jennifer jonathan corvette mercedes maverick dolphins chocolate butterfly abcd1234 abc12345',
    'a1b2c3d4 aa123456 admin administrator master shadow dragon monkey ashley michael charlie secret default',
  ].flatMap((line) => line.split(' ')),
);

const RUNS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '01234567890123456789'];
const ALL_RUNS = RUNS.flatMap((run) => [run, [...run].reverse().join('')]);

/** One character or one short group again and again, a run along the alphabet or the keyboard, or an often used word. */
function isEasyToGuess(password: string): boolean {
  const folded = password.toLowerCase();
  const word = folded.replace(/[\d!?.*#@$]+$/, '');
  return (
    OFTEN_USED.has(folded) ||
    OFTEN_USED.has(word) ||
    /^(.{1,3})\1+$/u.test(folded) ||
    ALL_RUNS.some((run) => run.includes(folded))
  );
}

/** Why this cannot be the new password of somebody with these names. It is looked at as it is hashed. */
export function checkNewPassword(field: string, given: string, names: readonly string[]): UserError[] {
  if (given === '') return [userError('BLANK', 'Choose a password.', field)];
  if (!isCleanText(given)) return [userError('INVALID', 'The password has characters that are not allowed.', field)];
  const password = normalisedPassword(given);
  if (lengthOf(password) < MIN_LENGTH) {
    return [userError('TOO_SHORT', `A password has at least ${MIN_LENGTH} characters.`, field)];
  }
  if (lengthOf(given) > MAX_LENGTH) {
    return [userError('TOO_LONG', `A password has at most ${MAX_LENGTH} characters.`, field)];
  }
  const folded = password.toLowerCase();
  const isOwnName = names.some((name) => name !== '' && folded === name.toLowerCase());
  if (isOwnName || isEasyToGuess(password)) {
    return [userError('WEAK_PASSWORD', 'This password is too easy to guess.', field)];
  }
  return [];
}

/** What cannot be anybody's password is told before it costs a hash. */
export function checkGivenPassword(field: string, password: string): UserError[] {
  if (password === '') return [userError('BLANK', 'Give the password.', field)];
  if (!isCleanText(password)) return [userError('INVALID', 'The password has characters that are not allowed.', field)];
  if (lengthOf(password) > MAX_LENGTH) {
    return [userError('TOO_LONG', `A password has at most ${MAX_LENGTH} characters.`, field)];
  }
  return [];
}
