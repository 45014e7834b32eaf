import { makeEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused, type UserError, userError } from '@starling/platform/graphql';
import { getProfileForUpdate, type Profile, updateProfile } from './account-store.ts';
import { accountProfileChanged } from './events.ts';
import { BIO, checkText, DISPLAY_NAME, LOCATION, tidy, WEBSITE } from './text-rules.ts';
import type { UsersParts } from './users-parts.ts';

/** What is undefined stays as it is; null takes away what can be without. */
export interface ProfileChange {
  readonly displayName?: string | null | undefined;
  readonly bio?: string | null | undefined;
  readonly location?: string | null | undefined;
  readonly website?: string | null | undefined;
  readonly isProtected?: boolean | null | undefined;
}

function checkWebsite(website: string): UserError[] {
  const errors = checkText('website', website, WEBSITE);
  if (errors.length > 0) return errors;
  // In `https://bank.example@elsewhere.example` the bank is a user name: such an address is there to mislead.
  const { username, password } = new URL(website);
  return username || password
    ? [userError('INVALID', 'An address here has no name and no password in it.', 'website')]
    : [];
}

function check({ displayName, bio, location, website }: ProfileChange): UserError[] {
  return [
    ...(displayName == null ? [] : checkText('displayName', displayName, DISPLAY_NAME)),
    ...(bio == null ? [] : checkText('bio', bio, BIO)),
    ...(location == null ? [] : checkText('location', location, LOCATION)),
    ...(website == null ? [] : checkWebsite(website)),
  ];
}

function changed(text: string | null | undefined, before: string | null): string | null {
  return text === undefined ? before : tidy(text ?? '') || null;
}

function apply(change: ProfileChange, before: Profile): Profile {
  return {
    displayName: change.displayName == null ? before.displayName : tidy(change.displayName),
    bio: changed(change.bio, before.bio),
    location: changed(change.location, before.location),
    website: changed(change.website, before.website),
    isProtected: change.isProtected ?? before.isProtected,
  };
}

/** Changes parts of a profile; answers the account's id. Changes of different parts at once do not undo each other. */
export async function changeProfile(
  parts: UsersParts,
  userId: string,
  change: ProfileChange,
): Promise<Outcome<string>> {
  const errors = check(change);
  if (errors.length > 0) return refused(...errors);
  return parts.database.transaction(async (transaction) => {
    const before = await getProfileForUpdate(transaction, userId);
    if (!before) return refused(userError('NOT_FOUND', 'There is no such account.'));
    const after = apply(change, before);
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      await updateProfile(transaction, userId, after);
      const { isProtected } = after;
      const event = makeEvent(accountProfileChanged, userId, { userId, isProtected });
      await parts.eventLog.append(transaction, [event]);
    }
    return done(userId);
  });
}
