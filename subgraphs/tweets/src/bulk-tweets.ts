import type { EventLog, NewEvent } from '@starling/platform/event-log';
import { copyRows, statement, type Transaction } from '@starling/platform/postgres';
import { wordsOf } from '@starling/visibility';
import { posted } from './events.ts';
import { mentionedUserIds, type TweetEntities } from './text/entities.ts';

/** A tweet as it is written, complete and valid: nothing of it is checked here. */
export interface BulkTweet {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
  /** With the accounts mentioned. */
  readonly entities: TweetEntities;
  /** A language tag; null when it is not known. */
  readonly language: string | null;
  /** The id of the tweet that began it: the tweet's own when it answers none. */
  readonly conversationId: string;
  readonly replyTo: { readonly tweetId: string; readonly authorId: string } | null;
  readonly quotedTweetId: string | null;
}

const COLUMNS = [
  'id',
  'author_id',
  'text',
  'entities',
  'language',
  'conversation_id',
  'reply_to_tweet_id',
  'reply_to_author_id',
  'quoted_tweet_id',
  'words',
];

const createStatement = statement(
  'tweets.createBulkTweets',
  'CREATE TEMPORARY TABLE bulk_tweets (LIKE tweets.tweets) ON COMMIT DROP',
);

const addStatement = statement(
  'tweets.addBulkTweets',
  `INSERT INTO tweets.tweets (${COLUMNS.join(', ')})
   SELECT ${COLUMNS.join(', ')} FROM bulk_tweets ORDER BY id ON CONFLICT DO NOTHING RETURNING id`,
);

/**
 * Adds thousands of tweets with their events, in the order of their ids, and answers the ids that are new. A tweet that is
 * there already, deleted or not, stays as it is and tells nobody. The tweets answered and quoted exist, or come along.
 */
export async function addTweetsInBulk(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  tweets: readonly BulkTweet[],
): Promise<ReadonlySet<string>> {
  const wordsById = new Map(tweets.map(({ id, text }) => [id, wordsOf(text)]));
  const wordsIn = ({ id }: BulkTweet) => wordsById.get(id) ?? '';
  await transaction.query(createStatement);
  await copyRows(
    transaction.client,
    { table: 'bulk_tweets', columns: COLUMNS },
    tweets.map((tweet) => [
      tweet.id,
      tweet.authorId,
      tweet.text,
      JSON.stringify(tweet.entities),
      tweet.language,
      tweet.conversationId,
      tweet.replyTo?.tweetId ?? null,
      tweet.replyTo?.authorId ?? null,
      tweet.quotedTweetId,
      wordsIn(tweet),
    ]),
  );
  const added = new Set((await transaction.query<{ id: string }>(addStatement)).map(({ id }) => id));
  await eventLog.append(
    transaction,
    tweets.filter(({ id }) => added.has(id)).map((tweet) => postedEvent(tweet, wordsIn(tweet))),
  );
  return added;
}

function postedEvent(
  { id, authorId, entities, conversationId, replyTo, quotedTweetId }: BulkTweet,
  words: string,
): NewEvent {
  return posted({
    tweetId: id,
    authorId,
    conversationId,
    replyToTweetId: replyTo?.tweetId ?? null,
    replyToAuthorId: replyTo?.authorId ?? null,
    quotedTweetId,
    mentionedUserIds: mentionedUserIds(entities),
    hasMedia: false,
    words,
  });
}
