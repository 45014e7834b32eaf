import type { CatchesUp } from '@starling/platform/batching';
import type { EventLog } from '@starling/platform/event-log';
import { type UserError, userError } from '@starling/platform/graphql';
import type { Database } from '@starling/platform/postgres';
import type { SnowflakeSource } from '@starling/platform/snowflake';
import { getProtection } from './account-copy-store.ts';

/** What commands stand on. */
export interface CommandParts {
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly snowflakes: SnowflakeSource;
  /** What keeps the copy of which accounts there are, and which of them are protected. */
  readonly accountCopies: CatchesUp;
  /** How many accounts one may follow. */
  readonly maxFollowing: number;
  /** How many keywords one may mute. */
  readonly maxMutedKeywords: number;
  /** How many lists one may make, and how many members each may have. */
  readonly maxLists: number;
  readonly maxListMembers: number;
}

/** One account acts on another. */
export interface Act {
  readonly viewerId: string;
  readonly userId: string;
}

/**
 * Says that there is no such account, or nothing. Accounts do not go away, so that the copy is asked at once, and waited for
 * only when it does not know the account: it may have been registered a moment ago.
 */
export async function noSuchAccount(parts: CommandParts, userId: string): Promise<UserError | undefined> {
  if ((await getProtection(parts.database, userId)) !== undefined) return undefined;
  await parts.accountCopies.caughtUp();
  if ((await getProtection(parts.database, userId)) !== undefined) return undefined;
  return userError('NOT_FOUND', 'There is no such account.', 'userId');
}

/** Why one may not act on the other at all, or undefined. */
export async function mistakeInTarget(parts: CommandParts, { viewerId, userId }: Act): Promise<UserError | undefined> {
  if (viewerId === userId) return userError('SELF', 'You cannot do this to yourself.', 'userId');
  return noSuchAccount(parts, userId);
}
