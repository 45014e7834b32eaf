import { makeEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { violatedConstraint } from '@starling/platform/postgres';
import { USERNAME_CONSTRAINT, updateUsername } from './account-store.ts';
import { accountUsernameChanged } from './events.ts';
import { checkUsername, usernameTaken } from './usernames.ts';
import type { UsersParts } from './users-parts.ts';

/** Renames an account; answers its id. The old name is free for anybody once this has committed. */
export async function changeUsername(parts: UsersParts, userId: string, username: string): Promise<Outcome<string>> {
  const { database, eventLog } = parts;
  const errors = checkUsername('username', username);
  if (errors.length > 0) return refused(...errors);
  try {
    return await database.transaction(async (transaction) => {
      const previousUsername = await updateUsername(transaction, userId, username);
      if (previousUsername === undefined) return refused(userError('NOT_FOUND', 'There is no such account.'));
      if (previousUsername !== username) {
        const renamed = makeEvent(accountUsernameChanged, userId, { userId, username, previousUsername });
        await eventLog.append(transaction, [renamed]);
      }
      return done(userId);
    });
  } catch (error) {
    if (violatedConstraint(error) === USERNAME_CONSTRAINT) return refused(usernameTaken('username'));
    throw error;
  }
}
