import type { Queryable } from '@starling/platform/postgres';
import { snowflakeMs } from '@starling/platform/snowflake';
import {
  addTweetsInBulk,
  type BulkTweet,
  mentionedUsernames,
  type TweetEntities,
  withMentionedAccounts,
} from '@starling/tweets';
import { getAccountIdsByUsernames } from '@starling/users';
import { ImportError } from './import-error.ts';
import type { ImportParts } from './import-graph.ts';
import { type Month, POSTS_BEGIN_MS } from './mapping.ts';
import { placeInTime } from './place-in-time.ts';
import { getTakenTweetIds, listNodesByFollowers, rememberPosts, type Source } from './posts-store.ts';
import { STAGED_POSTS, type StagedPost, stagePosts } from './stage-posts.ts';
import { type PartReport, Tally } from './tally.ts';
import { type ThreadedPost, Threads } from './threads.ts';

/** What goes from one batch of a file to the next. */
interface Reading {
  readonly source: Source;
  readonly threads: Threads;
  readonly nowMs: number;
  /** No later post of the file gets this millisecond or an earlier one. */
  lastMs: number;
}

/**
 * Imports a file of posts, in the order of their times. Each batch is one transaction of tweets, events and the record of
 * which post became which tweet, so that no post is ever imported twice, whatever happened to earlier runs.
 */
export async function importPosts(parts: ImportParts, path: string, month: Month, nowMs: number): Promise<PartReport> {
  const { database, staging, progress, batchSize } = parts;
  const nodes = await listNodesByFollowers(database);
  if (nodes.length === 0) {
    throw new ImportError('Posts need accounts to be written by: import a graph first, or name one with --graph.');
  }
  const tally = new Tally('posts');
  const { source, staged } = await stagePosts(parts, path, month, tally);
  tally.part = `posts of ${source.name}`;
  const threads = new Threads(source.name, nodes);
  const reading: Reading = { source, threads, nowMs, lastMs: POSTS_BEGIN_MS - 1 };
  const phase = progress.phase(`Posts of ${source.name}`, staged);
  for await (const rows of staging.batches<StagedPost>(STAGED_POSTS, batchSize)) {
    await importBatch(parts, reading, rows, tally);
    phase.add(rows.length);
  }
  phase.end();
  await staging.run('DROP TABLE staged_posts');
  tally.notes.push(...threads.notes());
  return tally.report();
}

async function importBatch(parts: ImportParts, reading: Reading, rows: readonly StagedPost[], tally: Tally) {
  const { source, threads, nowMs } = reading;
  const possible = rows.filter(({ line, isRepeated, ms }) => {
    const refusal = isRepeated ? 'DUPLICATE' : ms > nowMs ? 'IN_FUTURE' : undefined;
    if (refusal) tally.refuse(refusal, line);
    return !refusal;
  });
  const added = await parts.database.transaction(async (transaction) => {
    const getTaken = (ids: readonly string[]) => getTakenTweetIds(transaction, ids);
    const { placed, lastMs } = await placeInTime(possible, source.slot, reading.lastMs, getTaken);
    reading.lastMs = lastMs;
    // Many posts of one moment come one after the other, and the last of them could come after now.
    const past = placed.filter(({ isNew, line, tweetId }) => {
      const isAhead = isNew && snowflakeMs(tweetId) > nowMs;
      if (isAhead) tally.refuse('IN_FUTURE', line);
      else if (!isNew) tally.alreadyThere += 1;
      return !isAhead;
    });
    const newPosts = past.flatMap((post) => threads.read(post) ?? []);
    const tweets = await withMentions(transaction, newPosts);
    const ids = await addTweetsInBulk(transaction, parts.eventLog, tweets);
    if (ids.size !== tweets.length) throw new Error(`Of ${tweets.length} new tweets, ${ids.size} were added.`);
    await rememberPosts(transaction, source, newPosts);
    return tweets.length;
  });
  tally.imported += added;
}

/** The tweets of new posts, each mention with the account that has the name now. */
async function withMentions(database: Queryable, posts: readonly ThreadedPost[]): Promise<BulkTweet[]> {
  const parsed = posts.map(({ entities, ...post }) => ({ ...post, entities: JSON.parse(entities) as TweetEntities }));
  const names = [...new Set(parsed.flatMap(({ entities }) => mentionedUsernames(entities)))];
  const rows = names.length === 0 ? [] : await getAccountIdsByUsernames(database, names);
  const ids = new Map(rows.map(({ username, id }) => [username, id]));
  return parsed.map(({ tweetId, authorId, text, entities, lang, conversationId, replyTo }) => ({
    id: tweetId,
    authorId,
    text,
    entities: withMentionedAccounts(entities, ids),
    language: lang,
    conversationId,
    replyTo,
    quotedTweetId: null,
  }));
}
