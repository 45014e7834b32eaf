import type { Transaction } from '@starling/platform/postgres';
import { snowflakeMs } from '@starling/platform/snowflake';
import { lockAnnouncements } from '../entries/entry-store.ts';
import { countLikes } from '../entries/milestones.ts';
import { settleEntries } from '../entries/settle-entries.ts';
import { type KnownEvent, only } from '../events.ts';
import { type Act, mergeActs } from './act.ts';
import { listQuotes, tellActs, tellOnce } from './act-store.ts';
import { actsOf } from './acts-of-events.ts';

/** The quotes that can be told now: of tweets of this batch, by tweets of this batch or earlier ones. */
async function quotesOf(transaction: Transaction, events: readonly KnownEvent[]): Promise<Act[]> {
  const posted = only(events, 'tweet.posted.v1').map(({ payload }) => payload.tweetId);
  if (posted.length === 0) return [];
  const quotes = await listQuotes(transaction, posted);
  return quotes.map(({ tweetId, authorId, quotedAuthorId }) => ({
    recipientId: quotedAuthorId,
    kind: 'QUOTE',
    subjectId: tweetId,
    actorId: authorId,
    atMs: snowflakeMs(tweetId),
    sourceId: null,
    stands: true,
  }));
}

/**
 * Keeps what people did, and the entries that come of it. For who has copied what decides who may hear of it. Answers the
 * numbers of the entries that are announced by this.
 */
export async function tellOfActs(transaction: Transaction, events: readonly KnownEvent[]): Promise<string[]> {
  const acts = mergeActs([...events.flatMap(actsOf), ...(await quotesOf(transaction, events))]);
  if (acts.length === 0) return [];
  await lockAnnouncements(transaction);
  const told = await tellActs(transaction, acts);
  await tellOnce(transaction, told);
  return settleEntries(transaction, told, await countLikes(transaction, told));
}
