import type { CatchesUp } from '@starling/platform/batching';
import type { EventLog } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import type { SnowflakeSource } from '@starling/platform/snowflake';
import type { AbuseCheck } from './abuse/abuse-check.ts';
import type { Engagements } from './engagements.ts';
import type { ViewLimit } from './view-limit.ts';
import type { ViewRecorder } from './views.ts';

/** What commands stand on. */
export interface CommandParts {
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly snowflakes: SnowflakeSource;
  /** What keeps the copies of names and blocks: a command waits for them before it begins. */
  readonly copies: CatchesUp;
  readonly engagements: Engagements;
  readonly views: ViewRecorder;
  readonly viewLimit: ViewLimit;
  /** Account ids by name, of names in lower case; concurrent commands ask together. */
  findAccounts(usernames: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Asked before a tweet is written; absent, it may always be. */
  readonly abuse: AbuseCheck | undefined;
  /** Weighted characters that a tweet has at most. */
  readonly maxWeightedLength: number;
}

/** Somebody does something with one tweet. */
export interface Act {
  readonly viewerId: string;
  readonly tweetId: string;
}
