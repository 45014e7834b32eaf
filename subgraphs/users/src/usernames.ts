import { type UserError, userError } from '@starling/platform/graphql';

const MAX_USERNAME_LENGTH = 15;

/** Names that would pass for the service itself, or stand where its pages do. */
const RESERVED = new Set(
  [
    'about account admin administrator all anonymous api app auth billing blog bot deleted developer developers',
    'download everyone explore explorer feed graphql guest healthz help home i info jobs legal list lists login logout',
    'me media mention mentions message messages mod moderator moderators news noreply notifications null official',
    'owner postmaster privacy profile readyz register root rules search security session sessions settings share',
    'signin signout signup starling staff status support suspended system team terms tos trends trust undefined',
    'user username users verified verify webmaster',
  ].flatMap((line) => line.split(' ')),
);

/** Usernames that differ in case alone are the same. */
export function foldUsername(username: string): string {
  return username.toLowerCase();
}

export function isUsername(text: string): boolean {
  return text.length <= MAX_USERNAME_LENGTH && /^[A-Za-z0-9_]+$/.test(text);
}

/** Why nobody can be called that; `TAKEN` is for the store to say. */
export function checkUsername(field: string, username: string): UserError[] {
  if (username === '') return [userError('BLANK', 'Choose a username.', field)];
  if (!/^[A-Za-z0-9_]+$/.test(username)) {
    return [userError('INVALID', 'A username has letters A-Z, digits and underscores only.', field)];
  }
  if (username.length > MAX_USERNAME_LENGTH) {
    return [userError('TOO_LONG', `A username has at most ${MAX_USERNAME_LENGTH} characters.`, field)];
  }
  if (RESERVED.has(foldUsername(username))) {
    return [userError('RESERVED', 'This username is kept for the service.', field)];
  }
  return [];
}

export function usernameTaken(field: string): UserError {
  return userError('TAKEN', 'Somebody else has this username.', field);
}
