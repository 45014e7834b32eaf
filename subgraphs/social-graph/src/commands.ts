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
}

/** One account acts on another. */
export interface Act {
  readonly viewerId: string;
  readonly userId: string;
}

/**
 * Why one may not act on the other at all, or undefined. Accounts do not go away, so that the copy is asked at once, and
 * waited for only when it does not know the account: it may have been registered a moment ago.
 */
export async function mistakeInTarget(parts: CommandParts, { viewerId, userId }: Act): Promise<UserError | undefined> {
  if (viewerId === userId) return userError('SELF', 'You cannot do this to yourself.', 'userId');
  if ((await getProtection(parts.database, userId)) !== undefined) return undefined;
  await parts.accountCopies.caughtUp();
  if ((await getProtection(parts.database, userId)) !== undefined) return undefined;
  return userError('NOT_FOUND', 'There is no such account.', 'userId');
}
