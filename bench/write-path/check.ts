import { type Database, statement } from '@starling/platform/postgres';
import { type PostParts, postTweet } from '../../subgraphs/tweets/src/post-tweet.ts';
import type { Contestant, Part, Referred } from './contestants.ts';

const REFERRED = 1_000;

const nameAccounts = statement(
  'bench.nameAccounts',
  `INSERT INTO tweets.accounts (user_id, username, named_at)
   SELECT number, 'writer' || number, now() FROM generate_series(1000, 999 + $1::int) AS number RETURNING username`,
);

/** Accounts with names, and a tweet of each. */
export async function whatOthersReferTo(database: Database, parts: PostParts): Promise<Referred> {
  const accounts = await database.query<{ username: string }>(nameAccounts, [REFERRED]);
  const tweetIds = await Promise.all(
    accounts.map(async (_, index) => {
      const alone = { replyToTweetId: null, quotedTweetId: null, idempotencyKey: null };
      const outcome = await postTweet(parts, { ...alone, viewerId: String(1_000 + index), text: 'To be answered.' });
      if (!outcome.ok) throw new Error('What others refer to was refused.');
      return outcome.value;
    }),
  );
  return { tweetIds, usernames: accounts.map(({ username }) => username) };
}

// An event that does not say what its row says counts as none.
const countWritten = statement(
  'bench.countWritten',
  `SELECT count(*)::int AS tweets, count(event.id)::int AS events,
     count(tweet.reply_to_tweet_id)::int AS answers, count(tweet.quoted_tweet_id)::int AS quotes,
     count(*) FILTER (WHERE tweet.entities #> '{mentions,0,userId}' <> 'null'
       AND jsonb_array_length(event.payload -> 'mentionedUserIds') = 1)::int AS mentions,
     count(used.key)::int AS keys
   FROM tweets.tweets tweet
   LEFT JOIN platform.outbox event ON event.key = tweet.id::text AND event.name = 'tweet.posted.v1'
     AND event.payload ->> 'conversationId' = tweet.conversation_id::text
     AND event.payload ->> 'replyToTweetId' IS NOT DISTINCT FROM tweet.reply_to_tweet_id::text
     AND event.payload ->> 'replyToAuthorId' IS NOT DISTINCT FROM tweet.reply_to_author_id::text
     AND event.payload ->> 'quotedTweetId' IS NOT DISTINCT FROM tweet.quoted_tweet_id::text
   LEFT JOIN tweets.tweets answered ON answered.id = tweet.reply_to_tweet_id
   LEFT JOIN tweets.idempotency_keys used ON used.tweet_id = tweet.id
   WHERE tweet.reply_to_tweet_id IS NULL
     OR (tweet.conversation_id = answered.conversation_id AND tweet.reply_to_author_id = answered.author_id)`,
);

/** Every tweet that was acknowledged is there as it was asked for, with its event. */
export async function check(database: Database, written: ReadonlyMap<Contestant, number>): Promise<void> {
  const sum = (part?: Part) =>
    [...written].reduce((total, [{ has }, more]) => total + (part && !has.includes(part) ? 0 : more), 0);
  const all = REFERRED + sum();
  const expected = {
    tweets: all,
    events: all,
    answers: sum('answer'),
    quotes: sum('quote'),
    mentions: sum('mention'),
    keys: sum('key'),
  };
  const [found] = await database.query<typeof expected>(countWritten);
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new Error(`Acknowledged were ${JSON.stringify(expected)}; there are ${JSON.stringify(found)}.`);
}
